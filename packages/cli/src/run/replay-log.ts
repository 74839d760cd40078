import { closedLog, historyOf, runEngine, type EngineSetup, type Event, type Observer, type Ran } from "@aide-ts/core";
import type { Backend, Executor } from "@aide-ts/plugin";
import type { decisions } from "./decisions.ts";

/** Follows a log from its beginning, without model and scripts: whether everything is asked for again as it was. */
export const replayLog = (
  decided: ReturnType<typeof decisions>,
  events: readonly Event[],
  options: Pick<EngineSetup, "replaced" | "signal"> & {
    readonly modelOf: (role: string) => string;
    readonly observe: Observer;
  },
): Promise<Ran> =>
  runEngine({
    ...decided,
    replaced: options.replaced,
    signal: options.signal,
    observe: options.observe,
    backend: (role) => absentBackend(options.modelOf(role)),
    executor: absentExecutor,
    evaluators: [],
    hints: () => [],
    log: closedLog,
    past: historyOf(events),
    offline: true,
    clock: { now: () => 0 },
    sleep: async () => undefined,
  });

const absent = async (): Promise<never> => {
  throw new TypeError("A replay asks no model and runs no script.");
};

const absentBackend = (model: string): Backend => ({
  model,
  capabilities: absent,
  generate: absent,
  [Symbol.asyncDispose]: async () => undefined,
});

const absentExecutor: Executor = {
  environment: absent,
  execute: absent,
  read: absent,
  [Symbol.asyncDispose]: async () => undefined,
};
