import { join } from "node:path";
import { serverEnvironment, startListening, type ListeningServer } from "@aide-ts/backend-kit";
import type { Host } from "@aide-ts/plugin";
import type { TransformersOptions } from "../options.ts";
import { serveCommand } from "./command.ts";

/**
 * Starts `transformers serve` and waits until it answers. `model`: a folder, or a hub name.
 * @throws AIDE_TRANSFORMERS_MISSING, AIDE_SERVER_START
 */
export const startServing = (
  options: TransformersOptions,
  model: string,
  host: Host,
  signal: AbortSignal,
): Promise<ListeningServer> =>
  startListening({
    name: "serve",
    port: options.serve.port,
    command: (port) => serveCommand(options, model, port, host),
    health: "/health",
    env: { ...serverEnvironment(host), HF_HUB_OFFLINE: "1", HF_HUB_DISABLE_TELEMETRY: "1", ...options.serve.env },
    logFile: join(host.runFolder, "transformers-serve.log"),
    readySeconds: options.serve.readySeconds,
    say: (line) => host.log(line),
    signal,
  });
