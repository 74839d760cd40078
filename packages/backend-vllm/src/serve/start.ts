import { join } from "node:path";
import { serverEnvironment, startListening, type ListeningServer } from "@aide-ts/backend-kit";
import type { Host } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";
import { serveCommand } from "./command.ts";

/**
 * Starts vLLM and waits until it answers.
 * @throws AIDE_VLLM_MISSING, AIDE_SERVER_START
 */
export const startServing = (options: VllmOptions, host: Host, signal: AbortSignal): Promise<ListeningServer> =>
  startListening({
    name: "vLLM",
    port: options.serve.port,
    command: (port) => serveCommand(options, port, host),
    health: "/health",
    env: { ...serverEnvironment(host), VLLM_NO_USAGE_STATS: "1", DO_NOT_TRACK: "1", ...options.serve.env },
    logFile: join(host.runFolder, "vllm.log"),
    readySeconds: options.serve.readySeconds,
    say: (line) => host.log(line),
    signal,
  });
