import type { Host, SharedServer } from "@aide-ts/plugin";
import type { TransformersOptions } from "../options.ts";
import { describe } from "../probe/describe.ts";
import { endRunning, startRunning } from "./running.ts";

/**
 * Starts the server of the options once for several runs, or sees that a running one answers.
 * @throws what describing the model and starting throw
 */
export const shareServer = async (
  options: TransformersOptions,
  host: Host,
  signal: AbortSignal,
): Promise<SharedServer<TransformersOptions> | undefined> => {
  const { weights } = await describe(options, host);
  const running = await startRunning(options, weights.name, host, signal);
  if (running.managed !== undefined)
    return {
      options: { ...options, url: new URL(running.server.url).origin },
      [Symbol.asyncDispose]: () => endRunning(running),
    };
  await endRunning(running);
  return undefined;
};
