import { rm } from "node:fs/promises";
import {
  billedTokens,
  EventLog,
  historyOf,
  monotonicClock,
  runEngine,
  sleep,
  type RunConfig,
  type Ran,
} from "@aide-ts/core";
import type { Backend, Capabilities, Evaluator, Executor, Outcome, Task } from "@aide-ts/plugin";
import type { RepairCase } from "../repair-case.ts";
import type { Row } from "../row.ts";
import { measure } from "@aide-ts/strategy-reflection/patch";
import { z } from "zod";
import { deterministicInputs, type Plugins, type Prompts } from "@aide-ts/run";
import { drafting, frozenFirst } from "./frozen-draft.ts";

/** All that one arm needs to work on the drafts of one task. */
export interface CellContext {
  readonly config: RunConfig;
  readonly plugins: Plugins;
  readonly task: Task;
  readonly prompts: Prompts;
  readonly capabilities: ReadonlyMap<string, Capabilities>;
  readonly backend: (role: string) => Backend;
  readonly executor: Executor;
  readonly evaluators: readonly Evaluator[];
  readonly signal: AbortSignal;
}

/** One arm on one draft, as one step of a run; `file` is its event log. Rejects with what the step failed of, and with what ended the run. */
export const repairCell = async (
  frozen: RepairCase,
  arm: string,
  setup: string,
  file: string,
  { config, plugins, task, prompts, capabilities, backend, executor, evaluators, signal }: CellContext,
): Promise<Row> => {
  const modelOf = (role: string) => backend(role).model;
  const inputs = deterministicInputs({ config, plugins, task, prompts, capabilities, modelOf });
  let failure: unknown;
  await rm(file, { force: true });
  const { log, events } = EventLog.open(file);
  try {
    const ran = await runEngine({
      ...inputs,
      coder: frozenFirst({ plan: frozen.plan, code: frozen.code }, inputs.coder),
      search: drafting(),
      limits: { ...inputs.limits, steps: 1 },
      backend,
      executor,
      evaluators,
      promptOverrides: new Map(),
      hints: () => [],
      log,
      past: historyOf(events),
      offline: false,
      clock: monotonicClock,
      observe: (event) => {
        if (event.kind === "told") failure = event.error;
      },
      signal,
      sleep,
    });
    if (ran.ending.reason === "failure" || ran.ending.reason === "user" || ran.ending.reason === "divergence")
      throw ran.ending.error;
    if (ran.journal.outcomes[0]?.cut === "failure") throw failure;
    return { ...verdictOn(frozen, ran), ...identity(frozen, arm, setup), ...costOf(ran) };
  } finally {
    log[Symbol.dispose]();
  }
};

const identity = ({ name, task, failure }: RepairCase, arm: string, setup: string) => ({
  case: name,
  task: task.data_dir,
  kind: failure.kind,
  arm,
  setup,
});

const verdictOn = (
  frozen: RepairCase,
  { journal }: Ran,
): Pick<Row, "outcome" | "why" | "noted" | "score" | "patch"> => {
  const outcome = journal.outcomes[0];
  const draft = outcome?.solutions[0];
  const noted = lastOutcome(outcome);
  if (outcome?.cut !== undefined || outcome === undefined)
    return { outcome: "stopped", why: outcome?.cut ?? "there was no outcome", ...noted };
  if (draft?.candidate.code.trim() === frozen.code.trim() && draft.evaluation.valid) return { outcome: "not-broken" };
  const { chosen } = outcome;
  if (chosen?.evaluation.valid !== true)
    return { outcome: "not-fixed", ...noted, ...patchOf(frozen, chosen?.candidate.code) };
  const { value: score } = chosen.evaluation.score;
  return { outcome: "fixed", score, ...noted, ...patchOf(frozen, chosen.candidate.code) };
};

const roundNote = z.object({ outcome: z.string() });

/** What the strategy noted about its last round. */
const lastOutcome = (outcome: Outcome | undefined): Pick<Row, "noted"> => {
  const rounds = Object.values(outcome?.notes ?? {}).flat();
  const last = rounds.flatMap((note) => roundNote.safeParse(note).data?.outcome ?? []).at(-1);
  return last === undefined ? {} : { noted: last };
};

const patchOf = ({ code }: RepairCase, edited: string | undefined): Pick<Row, "patch"> => {
  if (edited === undefined || edited.trim() === code.trim()) return {};
  const { editDistance, hunks, changedRatio } = measure({ original: `${code.trim()}\n`, edited: `${edited.trim()}\n` });
  return { patch: { editDistance, hunks, changedRatio } };
};

const costOf = ({ budget, elapsed }: Ran): Pick<Row, "calls" | "tokens" | "generated" | "executions" | "seconds"> => {
  const { spent } = budget;
  return {
    calls: spent.calls,
    tokens: billedTokens(spent),
    generated: spent.reasoning + spent.answer,
    executions: spent.executions,
    seconds: elapsed / 1000,
  };
};
