import type { Use } from "@aide-ts/core";
import type { Backend, Host, Plugin, PrepareHost } from "@aide-ts/plugin";
import type { ReadyBackend, ReadyService } from "./ready.ts";

/** A backend or an executor whose options are checked. */
export const readyService = <H, S>(
  { use }: Pick<Use, "use">,
  plugin: {
    prepare?(options: unknown, host: PrepareHost): Promise<void>;
    create(options: unknown, host: H): S;
  },
  options: unknown,
): ReadyService<H, S> => ({
  use,
  options,
  prepare: async (host) => plugin.prepare?.(options, host),
  create: (host) => plugin.create(options, host),
});

export const readyBackend = (
  use: Pick<Use, "use">,
  plugin: Pick<Plugin<"backend", unknown>, "prepare" | "share" | "create">,
  options: unknown,
): ReadyBackend => ({
  ...readyService<Host, Backend>(use, plugin, options),
  share: async (host, signal) => plugin.share?.(options, host, signal),
  sharing: (shared) => ({ ...readyBackend(use, plugin, shared), options }),
});
