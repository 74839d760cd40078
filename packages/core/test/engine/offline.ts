import type { Strategy } from "@aide-ts/plugin";
import { sketchCoder, sketchRandomSearch, type Staged } from "@aide-ts/testing";
import { closedLog, historyOf, runEngine, type Event, type Ran } from "../../src/index.ts";

const never = (): never => {
  throw new TypeError("A replay performs nothing.");
};

/** Follows events as `aide replay` does, on the stage's settings. */
export const offline = (
  events: readonly Event[],
  {
    strategies = [],
    slots = 1,
    limits = {},
    prompt,
  }: Pick<Staged, "slots" | "limits" | "prompt"> & { strategies?: readonly Strategy[] },
): Promise<Ran> =>
  runEngine({
    task: { goal: "predict", metric: "rmse", direction: "minimize" },
    seed: 1,
    slots,
    schedule: "ordered",
    limits,
    priceOf: () => undefined,
    strategies: strategies.map((strategy, at) => ({ name: `s${at}`, strategy })),
    coder: sketchCoder,
    search: sketchRandomSearch(),
    backend: () => ({ model: "absent", capabilities: never, generate: never, [Symbol.asyncDispose]: never }),
    generationDefaults: () => ({ maxTokens: 256 }),
    has: () => true,
    replaced: new Map(),
    executor: { environment: never, execute: never, read: never, [Symbol.asyncDispose]: never },
    evaluators: [],
    prompt: prompt ?? ((template, values) => [{ role: "user", content: `${template}\n${JSON.stringify(values)}` }]),
    hints: () => ["a hint of now"],
    log: closedLog,
    past: historyOf(events),
    offline: true,
    clock: { now: () => 0 },
    observe: () => undefined,
    signal: new AbortController().signal,
    retries: 0,
    sleep: async () => undefined,
  });
