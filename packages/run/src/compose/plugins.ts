import { checkOptions, loadPlugin, type Builtins, type Config, type ConfigSource, type Use } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";
import { checkChain } from "./check-chain.ts";
import { PluginPrompts } from "./plugin-prompts.ts";
import { readyBackend, readyService } from "./ready-service.ts";
import type { Plugins, Ready, ReadyBackend, ReadyStrategy } from "./ready.ts";

export type PluginConfig = Pick<Config, "backends" | "coder" | "search" | "strategies" | "executor" | "evaluators"> & {
  readonly backend: Use;
};

/** Loads and checks every plugin that a config names, and how they fit together, so that a mistake is reported before anything is made. */
export const loadPlugins = async (config: PluginConfig, source: ConfigSource, builtins: Builtins): Promise<Plugins> => {
  const plugins = await findPlugins(config, source, builtins);
  checkChain(plugins.strategies);
  return plugins;
};

/** The plugins of a config, each for itself in order. */
export const findPlugins = async (config: PluginConfig, source: ConfigSource, builtins: Builtins): Promise<Plugins> => {
  const prompts = new PluginPrompts();
  const load = async <K extends Kind>(kind: K, { use, options }: Use, key: string) => {
    const asked = { source, key };
    const plugin = await loadPlugin(kind, use, asked, builtins);
    prompts.add(plugin);
    return { plugin, options: await checkOptions<unknown>(plugin, options, asked) };
  };
  const backends = new Map<string, ReadyBackend>();
  for (const [role, use] of Object.entries({ code: config.backend, ...config.backends })) {
    const { plugin, options } = await load("backend", use, role === "code" ? "backend" : `backends.${role}`);
    backends.set(role, readyBackend(use, plugin, options));
  }
  const search = await load("search", config.search, "search");
  const executor = await load("executor", config.executor, "executor");
  const strategies: ReadyStrategy[] = [];
  for (const [at, use] of config.strategies.entries()) {
    const { plugin, options } = await load("strategy", use, `strategies.${at}`);
    strategies.push({
      use: use.use,
      name: plugin.name,
      options,
      needs: plugin.needs?.(options) ?? [],
      shape: plugin.shape?.(options),
      create: () => plugin.create(options, undefined),
    });
  }
  const evaluators: Ready<"evaluator">[] = [];
  for (const [at, use] of config.evaluators.entries()) {
    const { plugin, options } = await load("evaluator", use, `evaluators.${at}`);
    evaluators.push({ use: use.use, options, create: (host) => plugin.create(options, host) });
  }
  const asksModel =
    config.coder.form !== "defaults" || strategies.some(({ shape }) => shape === undefined || shape.generations[1] > 0);
  return {
    backends: asksModel ? backends : new Map(),
    strategies,
    evaluators,
    prompts: prompts.texts,
    search: {
      operators: Object.keys(search.plugin.prompts ?? {}).flatMap((name) => /^coder\/(\w+)$/.exec(name)?.[1] ?? []),
      use: config.search.use,
      options: search.options,
      create: () => search.plugin.create(search.options, undefined),
    },
    executor: readyService(config.executor, executor.plugin, executor.options),
  };
};
