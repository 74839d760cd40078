import { checkOptions, loadPlugin, type Builtins } from "@aide-ts/core";
import type { Backend, Host } from "@aide-ts/plugin";
import type { ServeConfig } from "./read-serve-config.ts";

/** Finds the backend's plugin and checks its options; what it gives makes the backend. */
export const findBackend = async (
  { backend, source }: ServeConfig,
  builtins: Builtins,
): Promise<(host: Host) => Backend> => {
  const asked = { file: source, key: "backend" };
  const plugin = await loadPlugin("backend", backend.use, asked, builtins);
  const options = await checkOptions<unknown>(plugin, backend.options, asked);
  return (host) => plugin.create(options, host);
};
