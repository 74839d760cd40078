// One run of the engine as a process of its own: `engine-run.ts <log> <steps>` prints what it measured as a line of JSON.
import { coderPrompts, createCoder, EventLog, historyOf, monotonicClock, PromptBook, runEngine } from "@aide-ts/core";
import { createGreedy } from "@aide-ts/strategy-tree";
import { instantBackend, instantExecutor, seedEvaluator } from "./instant.ts";

const [file = "", steps = "0"] = process.argv.slice(2);

let asked = 0;
const backend = instantBackend(() => asked++);
const executor = instantExecutor();

const book = new PromptBook({ ...coderPrompts() }, "# Task\nPredict y.");
const marks: { readonly step: number; readonly at: number }[] = [];
const began = performance.now();
const { log, events } = EventLog.open(file);
const { journal, ending } = await runEngine({
  task: { goal: "predict", metric: "rmse", direction: "minimize" },
  seed: 1,
  slots: 1,
  schedule: "ordered",
  limits: { steps: Number(steps) },
  priceOf: () => undefined,
  strategies: [],
  coder: createCoder({ skeleton: "", directions: [], canContinue: () => false, opens: () => false }),
  search: createGreedy({ drafts: 5, debugProbability: 0.5, maxDebugDepth: 3, memory: 6 }),
  backend: () => backend,
  generationDefaults: () => ({ maxTokens: 2048 }),
  has: () => false,
  promptOverrides: new Map(),
  executor,
  evaluators: [seedEvaluator],
  prompt: (name, slots) => book.messages(name, slots),
  hints: () => [],
  log,
  past: historyOf(events),
  offline: false,
  clock: monotonicClock,
  observe: (event) => {
    if (event.kind === "told") marks.push({ step: event.outcome.number + 1, at: performance.now() });
  },
  signal: new AbortController().signal,
  retries: 0,
  sleep: async () => undefined,
});
const seconds = (performance.now() - began) / 1000;
if (ending.reason !== "steps") throw new Error(ending.message);
globalThis.gc?.();
const heap = process.memoryUsage().heapUsed;
const perStep = (from: number, to: number): number | null => {
  const [start, end] = [from === 0 ? began : marks[from - 1]?.at, marks[to - 1]?.at];
  return start === undefined || end === undefined ? null : (end - start) / (to - from);
};
console.log(
  JSON.stringify({
    seconds,
    heap,
    journal: JSON.stringify(journal.outcomes).length,
    asked,
    first100: perStep(0, 100),
    from200to500: perStep(200, 500),
    last1000: perStep(journal.outcomes.length - 1000, journal.outcomes.length),
    second100: perStep(100, 200),
  }),
);
