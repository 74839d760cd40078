import type { Once } from "../probe/once.ts";
import type { ManagedServer } from "./managed-server.ts";

/**
 * Why a call failed that was made on this server: `error`, or the death of a server that was started for the run. One that died is forgotten and
 * ended, so that the next call starts another.
 */
export const failureBehind = async <R extends { readonly managed: ManagedServer | undefined }>(
  error: unknown,
  used: R,
  running: Once<R>,
  end: (dead: R) => Promise<void>,
): Promise<unknown> => {
  const death = await used.managed?.deathBehind(error);
  if (death === undefined) return error;
  if (running.forget(used)) await end(used);
  return death;
};
