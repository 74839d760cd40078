import { join } from "node:path";
import { freePort, ManagedServer, serverEnvironment } from "@aide-ts/backend-kit";
import type { Host } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";
import { serveCommand } from "./command.ts";

export interface Serving {
  readonly url: string;
  readonly server: ManagedServer;
}

/**
 * Starts vLLM and waits until it answers.
 * @throws AIDE_VLLM_MISSING, AIDE_SERVER_START
 */
export const startServing = async (options: VllmOptions, host: Host, signal: AbortSignal): Promise<Serving> => {
  const port = options.serve.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const server = await ManagedServer.start({
    name: "vLLM",
    command: serveCommand(options, port, host),
    env: { ...serverEnvironment(host), VLLM_NO_USAGE_STATS: "1", DO_NOT_TRACK: "1", ...options.serve.env },
    logFile: join(host.runFolder, "vllm.log"),
    readySeconds: options.serve.readySeconds,
    isReady: async (probe) => {
      const { ok, body } = await fetch(`${origin}/health`, { signal: probe });
      await body?.cancel();
      return ok;
    },
    say: (line) => host.log(line),
    signal,
  });
  return { url: `${origin}/v1`, server };
};
