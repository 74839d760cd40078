import { historyOf, runEngine, type EngineSetup, type Journal, type Log } from "@aide-ts/core";
import { isBetter, type Search, type Solution, type Strategy } from "@aide-ts/plugin";
import type { Landscape } from "../landscapes/landscape.ts";
import { regretOf } from "./regret.ts";
import { World } from "./world.ts";
import { modelAsked } from "../errors.ts";

export interface ReplaySettings {
  readonly landscape: Landscape;
  readonly search: () => Search;
  /** Outermost first. They choose among what the coder writes; one that asks a model cannot be replayed. */
  readonly strategies?: readonly { readonly name: string; readonly create: () => Strategy }[];
  readonly steps: number;
  readonly seed: number;
  readonly slots?: number;
  readonly signal?: AbortSignal;
}

/** What would have been submitted after a step: the chosen solution of the best score so far. */
export interface Standing {
  readonly best: Solution | undefined;
  /** `undefined` while there is no valid solution. */
  readonly worth: number | undefined;
  readonly regret: number;
}

export interface Replayed {
  readonly journal: Journal;
  /** After each step; a search that is done before leaves its last one standing. */
  readonly standings: readonly Standing[];
  readonly executions: number;
  /** Recorded tokens and script seconds of all that was looked at; 0 on landscapes that follow from formulas. */
  readonly tokens: number;
  readonly seconds: number;
}

/**
 * Runs a search, with strategies around the coder, on a landscape: the engine is the one of real runs, and only coder, executor and evaluator are the
 * landscape's. The same seed gives the same run.
 * @throws AIDE_POOL_MODEL for a strategy that asks a model, AIDE_POOL_CODE for one that runs scripts of its own, and what the plugins throw.
 */
export const replay = async (settings: ReplaySettings): Promise<Replayed> => {
  const { landscape, search, strategies = [], steps, seed, slots = 1 } = settings;
  const world = new World(landscape);
  const { journal, budget, ending } = await runEngine({
    ...bare,
    task: { goal: landscape.name, metric: landscape.metric, direction: landscape.direction },
    seed,
    slots,
    limits: { steps },
    strategies: strategies.map(({ name, create }) => ({ name, strategy: create() })),
    coder: world.coder,
    search: search(),
    executor: world.executor,
    evaluators: [world.evaluator],
    signal: settings.signal ?? new AbortController().signal,
  });
  if ("error" in ending) throw ending.error;
  const { executions, executorSeconds } = budget.spent;
  return {
    journal,
    standings: standingsOf(journal, landscape, world, steps),
    executions,
    tokens: world.tokens,
    seconds: executorSeconds,
  };
};

const standingsOf = (
  { task, outcomes }: Journal,
  landscape: Landscape,
  world: World,
  steps: number,
): readonly Standing[] => {
  let best: Solution | undefined;
  return Array.from({ length: steps }, (_, step) => {
    const chosen = outcomes[step]?.chosen;
    if (chosen?.evaluation.valid === true && (best === undefined || isBetter(task, chosen, best))) best = chosen;
    const worth = world.worthOf(best);
    return { best, worth, regret: regretOf(landscape, worth) };
  });
};

const noModel = (): never => {
  throw modelAsked();
};

const forgetful: Log = { append: () => undefined, asLogged: (value) => value };

/** All of a run that a replay does without. */
const bare: Omit<
  EngineSetup,
  "task" | "seed" | "slots" | "limits" | "strategies" | "coder" | "search" | "executor" | "evaluators" | "signal"
> = {
  schedule: "ordered",
  priceOf: () => undefined,
  backend: noModel,
  generationDefaults: () => ({ maxTokens: 1 }),
  has: () => true,
  promptOverrides: new Map(),
  prompt: () => [],
  hints: () => [],
  log: forgetful,
  past: historyOf([]),
  offline: false,
  clock: { now: () => 0 },
  observe: () => undefined,
  retries: 0,
  sleep: async () => undefined,
};
