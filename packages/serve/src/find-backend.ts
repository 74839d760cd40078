import { checkOptions, loadPlugin, type Builtins } from "@aide-ts/core";
import type { Backend, Host } from "@aide-ts/plugin";
import { readyService, type ReadyService } from "@aide-ts/run";
import type { ServeConfig } from "./read-serve-config.ts";

/** Finds the backend's plugin and checks its options; nothing is started yet. */
export const findBackend = async (
  { backend, source }: ServeConfig,
  builtins: Builtins,
): Promise<ReadyService<Host, Backend>> => {
  const asked = { source, key: "backend" };
  const plugin = await loadPlugin("backend", backend.use, asked, builtins);
  return readyService(backend, plugin, await checkOptions<unknown>(plugin, backend.options, asked));
};
