import type { Backend, Executor } from "@aide-ts/plugin";
import type { Event } from "../events/event.ts";
import { closedLog } from "../events/event-log.ts";
import { historyOf } from "../events/history.ts";
import { runEngine, type EngineSetup, type Ran } from "./engine.ts";

/** What decides of a run, without the world that answers it. */
export interface ReplaySetup extends Omit<
  EngineSetup,
  "backend" | "executor" | "evaluators" | "hints" | "log" | "past" | "offline" | "clock" | "sleep"
> {
  /** The name of a role's model, for what is shown of a divergence. */
  readonly modelOf: (role: string) => string;
}

/** Follows a log from its beginning, without model and scripts: whether everything is asked for again as it was. */
export const replayEngine = ({ modelOf, ...setup }: ReplaySetup, events: readonly Event[]): Promise<Ran> =>
  runEngine({
    ...setup,
    backend: (role) => absentBackend(modelOf(role)),
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
  start: absent,
  read: absent,
  [Symbol.asyncDispose]: async () => undefined,
};
