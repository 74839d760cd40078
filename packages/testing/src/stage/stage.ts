import { EventLog, historyOf, runEngine, type EngineSetup, type Ran } from "@aide-ts/core";
import type { Evaluator, GenerateRequest, Message, Script, Search, Strategy, Task } from "@aide-ts/plugin";
import { FakeExecutor, numberOf, type FakeRun } from "../fake-executor.ts";
import { ScriptedBackend, type Reply } from "../scripted-backend.ts";
import { sketchRandomSearch } from "../sketches/searches.ts";
import { sketchCoder } from "../sketches/strategies.ts";
import { freshLog } from "./log-file.ts";

const task: Task = { goal: "predict", metric: "rmse", direction: "minimize" };

export interface Staged extends Partial<Omit<EngineSetup, "strategies" | "search" | "log" | "past">> {
  /** Outermost first. */
  readonly strategies?: readonly Strategy[];
  /** The strategies' names; `s0`, `s1`, … without. */
  readonly names?: readonly string[];
  readonly search?: () => Search;
  /** The log to go on from; a new one without. */
  readonly file?: string;
  /** Seeds the latencies of backend and executor: other delays, same run. 0 for none. */
  readonly jitter?: number;
  readonly reply?: (request: GenerateRequest, call: { readonly seed: number; readonly number: number }) => Reply;
  readonly run?: (script: Script) => FakeRun;
}

export interface Played extends Ran {
  readonly file: string;
  readonly backend: ScriptedBackend;
  readonly executor: FakeExecutor;
}

/** A model whose answers depend on the seed and the prompt alone; few different scripts, so that branches share evaluations. */
export const plausibleAnswer = (request: GenerateRequest, { seed }: { readonly seed: number }): string =>
  `plan ${seed % 7}\n\`\`\`python\nx = ${(seed + numberOf(JSON.stringify(request))) % 11}\n\`\`\``;

/** Two scripts of three are valid; the score follows from the code. */
export const codeScoring: Evaluator = {
  async evaluate({ candidate }) {
    const value = numberOf(candidate.code) % 1000;
    if (value % 3 === 0) return { valid: false, cause: "bad-submission", scores: [], feedback: `error ${value}` };
    const score = { value, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: `score ${value}` };
  },
};

/** A prompt that shows every slot, so that what a strategy passes on decides of its requests. */
const prompt = (template: string, slots: Readonly<Record<string, string>>): readonly Message[] => [
  { role: "user", content: `${template}\n${JSON.stringify(slots)}` },
];

/** Runs the real engine over a scripted backend and a fake executor. */
export const play = async (staged: Staged = {}): Promise<Played> => {
  const {
    strategies = [],
    names = [],
    search = () => sketchRandomSearch(),
    file = freshLog(),
    jitter = 0,
    reply = plausibleAnswer,
    run = () => ({ output: "ran" }),
    ...rest
  } = staged;
  const latency = (kind: string) => (number: number) => (jitter === 0 ? 0 : numberOf(`${kind}${jitter}/${number}`) % 4);
  const backend = new ScriptedBackend({ reply, latency: latency("backend") });
  const executor = new FakeExecutor(run, latency("executor"));
  const { log, events } = EventLog.open(file);
  const ran = await runEngine({
    task,
    seed: 1,
    slots: 1,
    schedule: "ordered",
    limits: { steps: 7 },
    priceOf: () => undefined,
    coder: sketchCoder,
    backend: () => backend,
    generationDefaults: () => ({ maxTokens: 256 }),
    has: () => true,
    promptOverrides: new Map(),
    executor,
    evaluators: [codeScoring],
    prompt,
    hints: () => [],
    offline: false,
    clock: { now: () => 0 },
    observe: () => undefined,
    signal: new AbortController().signal,
    retries: 2,
    sleep: async () => undefined,
    ...rest,
    search: search(),
    strategies: strategies.map((strategy, at) => ({ name: names[at] ?? `s${at}`, strategy })),
    log,
    past: historyOf(events),
  });
  log[Symbol.dispose]();
  return { ...ran, file, backend, executor };
};

/** Everything of a run that must repeat. */
export const journalText = ({ journal, ending }: Ran): string =>
  JSON.stringify({ reason: ending.reason, outcomes: journal.outcomes });
