import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Evaluator, GenerateRequest, Message, Search, Solve, Strategy, Task } from "@aide-ts/plugin";
import { FakeExecutor, ScriptedBackend, sketchCoder, sketchRandomSearch, type Reply } from "@aide-ts/testing";
import { EventLog, historyOf, runEngine, type EngineSetup, type Ran } from "../../src/index.ts";

const task: Task = { goal: "predict", metric: "rmse", direction: "minimize" };

export interface Staged extends Partial<Omit<EngineSetup, "strategies" | "search" | "log" | "past">> {
  readonly strategies?: readonly Strategy[];
  readonly search?: () => Search;
  readonly file?: string;
  /** Seeds the latencies of backend and executor: other delays, same run. */
  readonly jitter?: number;
  readonly reply?: (request: GenerateRequest, call: { seed: number; number: number }) => Reply;
  readonly coder?: Solve;
}

export interface Played extends Ran {
  readonly file: string;
  readonly backend: ScriptedBackend;
  readonly executor: FakeExecutor;
}

const hash = (text: string): number => Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16);

const freshFile = (): string => join(mkdtempSync(join(tmpdir(), "aide-engine-")), "events.jsonl");

/** A model whose answers depend on the seed and the prompt alone; few different scripts, so that branches share evaluations. */
const answer = (request: GenerateRequest, { seed }: { seed: number }): string =>
  `plan ${seed % 7}\n\`\`\`python\nx = ${(seed + hash(JSON.stringify(request))) % 11}\n\`\`\``;

const scoring: Evaluator = {
  async evaluate({ candidate }) {
    const value = hash(candidate.code) % 1000;
    if (value % 3 === 0) return { valid: false, cause: "bad-submission", scores: [], feedback: `error ${value}` };
    const score = { value, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: `score ${value}` };
  },
};

const prompt = (template: string, slots: Readonly<Record<string, string>>): readonly Message[] => [
  { role: "user", content: `${template}\n${JSON.stringify(slots)}` },
];

/** Runs the real engine over a scripted backend and a fake executor. */
export const play = async (staged: Staged = {}): Promise<Played> => {
  const {
    strategies = [],
    search = () => sketchRandomSearch(),
    file = freshFile(),
    jitter = 0,
    reply = answer,
    ...rest
  } = staged;
  const latency = (kind: string) => (number: number) => (jitter === 0 ? 0 : hash(`${kind}${jitter}/${number}`) % 4);
  const backend = new ScriptedBackend({ reply, latency: latency("b") });
  const executor = new FakeExecutor(() => ({ output: "ran" }), latency("e"));
  const { log, events } = EventLog.open(file);
  const ran = await runEngine({
    task,
    seed: 1,
    slots: 1,
    schedule: "ordered",
    limits: { steps: 7 },
    coder: sketchCoder,
    backend: () => backend,
    generationDefaults: () => ({ maxTokens: 256 }),
    has: () => true,
    executor,
    evaluators: [scoring],
    prompt,
    priceOf: () => undefined,
    hints: () => [],
    replaced: new Map(),
    offline: false,
    clock: { now: () => 0 },
    observe: () => undefined,
    signal: new AbortController().signal,
    retries: 2,
    sleep: async () => undefined,
    ...rest,
    search: search(),
    strategies: strategies.map((strategy, at) => ({ name: `s${at}`, strategy })),
    log,
    past: historyOf(events),
  });
  log[Symbol.dispose]();
  return { ...ran, file, backend, executor };
};

/** Everything of a run that must repeat. */
export const journalOf = ({ journal, ending }: Ran): string =>
  JSON.stringify({ outcomes: journal.outcomes.map(withoutExecutionIds), reason: ending.reason });

const withoutExecutionIds = (outcome: Ran["journal"]["outcomes"][number]) => ({
  ...outcome,
  solutions: outcome.solutions.map(({ execution: _execution, ...solution }) => solution),
  chosen: outcome.chosen?.id,
});

export const linesOf = (file: string): string[] => readFileSync(file, "utf8").trimEnd().split("\n");

/** A log as a kill leaves it: the first `lines`, then part of the next one. */
export const cutLog = (file: string, lines: number, torn = ""): string => {
  const copy = freshFile();
  writeFileSync(copy, `${linesOf(file).slice(0, lines).join("\n")}${lines > 0 ? "\n" : ""}${torn}`);
  return copy;
};
