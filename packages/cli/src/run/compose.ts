import { checkOptions, loadPlugin, Registry, token, type Config, type Use } from "@aide-ts/core";
import {
  AideError,
  type Backend,
  type Capabilities,
  type Evaluator,
  type EvaluatorHost,
  type Executor,
  type ExecutorHost,
  type Host,
  type Kind,
  type Need,
  type Search,
  type Shape,
  type Strategy,
} from "@aide-ts/plugin";
import { builtins } from "../builtins.ts";
import { checkChain } from "./check-chain.ts";
import { PluginPrompts } from "./plugin-prompts.ts";
import { servedBy } from "./served-by.ts";

/** The plugins of a config, found and with their options checked, not yet made: nothing has started. */
export interface Plugins {
  readonly backends: ReadonlyMap<string, Ready<"backend">>;
  readonly search: ReadySearch;
  readonly strategies: readonly ReadyStrategy[];
  readonly executor: Ready<"executor">;
  readonly evaluators: readonly Ready<"evaluator">[];
  readonly prompts: Readonly<Record<string, string>>;
}

interface Made {
  backend: (host: Host) => Backend;
  search: () => Search;
  strategy: () => Strategy;
  executor: (host: ExecutorHost) => Executor;
  evaluator: (host: EvaluatorHost) => Evaluator;
}

interface Ready<K extends keyof Made> {
  readonly use: string;
  readonly options: unknown;
  readonly create: Made[K];
}

/** A search and the operators that it brings prompts for, beside those of the coder. */
interface ReadySearch extends Ready<"search"> {
  readonly operators: readonly string[];
}

/** A strategy and what it says of itself: calls it makes, capabilities it needs. */
export interface ReadyStrategy extends Ready<"strategy"> {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly shape: Shape | undefined;
}

export type PluginConfig = Pick<Config, "backends" | "search" | "strategies" | "executor" | "evaluators"> & {
  readonly backend: Use;
};

/** Loads and checks every plugin that a config names, and how they fit together, so that a mistake is told before anything is made. */
export const loadPlugins = async (config: PluginConfig, source: string): Promise<Plugins> => {
  const plugins = await findPlugins(config, source);
  checkChain(plugins.strategies);
  return plugins;
};

/** The plugins of a config, each for itself in order. */
export const findPlugins = async (config: PluginConfig, source: string): Promise<Plugins> => {
  const prompts = new PluginPrompts();
  const load = async <K extends Kind>(kind: K, { use, options }: Use, key: string) => {
    const asked = { file: source, key };
    const plugin = await loadPlugin(kind, use, asked, builtins);
    prompts.add(plugin);
    return { plugin, options: await checkOptions<unknown>(plugin, options, asked) };
  };
  const backends = new Map<string, Ready<"backend">>();
  for (const [role, use] of Object.entries({ code: config.backend, ...config.backends })) {
    const { plugin, options } = await load("backend", use, role === "code" ? "backend" : `backends.${role}`);
    backends.set(role, { use: use.use, options, create: (host) => plugin.create(options, host) });
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
  return {
    backends,
    strategies,
    evaluators,
    prompts: prompts.texts,
    search: {
      operators: Object.keys(search.plugin.prompts ?? {}).flatMap((name) => /^coder\/(\w+)$/.exec(name)?.[1] ?? []),
      use: config.search.use,
      options: search.options,
      create: () => search.plugin.create(search.options, undefined),
    },
    executor: {
      use: config.executor.use,
      options: executor.options,
      create: (host) => executor.plugin.create(executor.options, host),
    },
  };
};

const backendToken = token<(role: string) => Backend>("backend");
const executorToken = token<Executor>("executor");

/** The services of one run: backends are made when a role is first asked, and all are closed with the scope, newest first. */
export class RunServices implements AsyncDisposable {
  readonly #registry = new Registry();

  constructor(plugins: Plugins, host: Host, execution: Omit<ExecutorHost, keyof Host>) {
    const made = new Map(
      [...plugins.backends].map(([role, ready]) => {
        const own = token<Backend>(`backend ${role}`);
        this.#registry.shared(own, () => ready.create(host));
        return [role, own] as const;
      }),
    );
    this.#registry.value(backendToken, (role) => {
      const wanted = servedBy(made, role);
      if (wanted === undefined) throw noBackend(role);
      return this.#registry.get(wanted);
    });
    this.#registry.shared(executorToken, () => plugins.executor.create({ ...host, ...execution }));
  }

  backend(role: string): Backend {
    return this.#registry.get(backendToken)(role);
  }

  get executor(): Executor {
    return this.#registry.get(executorToken);
  }

  /** Capabilities of each role's backend, asked once before the first proposal. */
  async capabilities(roles: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Capabilities>> {
    const known = new Map<string, Capabilities>();
    for (const role of roles) known.set(role, await this.backend(role).capabilities(signal));
    return known;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#registry[Symbol.asyncDispose]();
  }
}

const noBackend = (role: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_MISSING",
    message: `No backend serves the role "${role}".`,
    fix: "Name one under backend.",
    fault: "user",
  });
