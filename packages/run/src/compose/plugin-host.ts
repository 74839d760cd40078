import type { Host } from "@aide-ts/plugin";
import { cacheFolder } from "../host/cache-folder.ts";
import type { RunHost } from "../host/run-host.ts";

/** What every plugin of a run is given. */
export const pluginHost = ({ env }: Pick<RunHost, "env">, runFolder: string, log: (line: string) => void): Host => ({
  cacheFolder: cacheFolder(env),
  runFolder,
  env: (name) => env[name],
  log,
});
