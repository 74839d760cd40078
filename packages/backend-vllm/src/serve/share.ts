import type { Host, SharedServer } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";
import { endRunning, startRunning } from "./running.ts";

/**
 * Starts the server of the options once for several runs, or sees that a running one answers.
 * @throws what starting and describing throw
 */
export const shareServer = async (
  options: VllmOptions,
  host: Host,
  signal: AbortSignal,
): Promise<SharedServer<VllmOptions> | undefined> => {
  const running = await startRunning(options, host, signal);
  const [first] = running.served.keys();
  if (running.managed !== undefined && first !== undefined)
    return {
      options: { ...options, url: new URL(first.server.url).origin },
      [Symbol.asyncDispose]: () => endRunning(running, undefined),
    };
  await endRunning(running, undefined);
  return undefined;
};
