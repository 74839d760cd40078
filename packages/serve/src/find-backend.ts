import { checkOptions, loadPlugin, type Builtins } from "@aide-ts/core";
import type { Backend, Host, PrepareHost } from "@aide-ts/plugin";
import type { ServeConfig } from "./read-serve-config.ts";

export interface FoundBackend {
  readonly use: string;
  readonly options: unknown;
  readonly prepare: (host: PrepareHost) => Promise<void>;
  readonly create: (host: Host) => Backend;
}

/** Finds the backend's plugin and checks its options; nothing is started yet. */
export const findBackend = async ({ backend, source }: ServeConfig, builtins: Builtins): Promise<FoundBackend> => {
  const asked = { file: source, key: "backend" };
  const plugin = await loadPlugin("backend", backend.use, asked, builtins);
  const options = await checkOptions<unknown>(plugin, backend.options, asked);
  return {
    use: backend.use,
    options,
    prepare: async (host) => plugin.prepare?.(options, host),
    create: (host) => plugin.create(options, host),
  };
};
