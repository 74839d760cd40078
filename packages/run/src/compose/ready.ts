import type {
  Backend,
  Evaluator,
  EvaluatorHost,
  Executor,
  ExecutorHost,
  Host,
  Need,
  PrepareHost,
  Search,
  Shape,
  SharedServer,
  Strategy,
} from "@aide-ts/plugin";

/** The plugins of a config, loaded and with their options checked, not yet made: nothing has started. */
export interface Plugins {
  /** By role. */
  readonly backends: ReadonlyMap<string, ReadyBackend>;
  readonly search: ReadySearch;
  /** Outermost first. */
  readonly strategies: readonly ReadyStrategy[];
  readonly executor: ReadyService<ExecutorHost, Executor>;
  readonly evaluators: readonly Ready<"evaluator">[];
  readonly prompts: Readonly<Record<string, string>>;
}

interface Create {
  search: () => Search;
  strategy: () => Strategy;
  evaluator: (host: EvaluatorHost) => Evaluator;
}

export interface Ready<K extends keyof Create> {
  readonly use: string;
  readonly options: unknown;
  readonly create: Create[K];
}

/** A backend or an executor: made from what its host gives. */
export interface ReadyService<H, S> {
  readonly use: string;
  readonly options: unknown;
  /** Brings what a new machine lacks. */
  readonly prepare: (host: PrepareHost) => Promise<void>;
  readonly create: (host: H) => S;
}

/** A backend, which several runs may share the server of. */
export interface ReadyBackend extends ReadyService<Host, Backend> {
  /** Nothing where each run has a model of its own. */
  readonly share: (host: Host, signal: AbortSignal) => Promise<SharedServer<unknown> | undefined>;
  /** The same backend with the options of a server that is shared. */
  readonly sharing: (options: unknown) => ReadyBackend;
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

/** What serves a role: its own, else that of the code. */
export const servedBy = <T>(byRole: ReadonlyMap<string, T>, role: string): T | undefined =>
  byRole.get(role) ?? byRole.get("code");
