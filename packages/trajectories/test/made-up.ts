import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event } from "@aide-ts/core";
import type { Evaluator, Generation, Strategy } from "@aide-ts/plugin";
import { eventsIn, play, sketchChains, sketchSearches, sketchSelfConsistency, type Staged } from "@aide-ts/testing";
import fc from "fast-check";
import { recordedRun, type RecordedRun, type RunFacts } from "../src/index.ts";

export const facts = (more: Partial<RunFacts> = {}): RunFacts => ({
  name: "0-run",
  folder: "/logs/0-run",
  version: "0.0.0",
  task: undefined,
  arm: undefined,
  seed: 1,
  ended: true,
  reports: { final: undefined, solutions: new Map() },
  ...more,
});

export interface PlayedRun {
  readonly run: RecordedRun;
  readonly events: readonly Event[];
}

/** A run of the real engine over a scripted model, read back from its log. */
export const playedRun = async (staged: Staged = {}, more: Partial<RunFacts> = {}): Promise<PlayedRun> => {
  const { file, journal } = await play({ evaluators: [byNumber], ...staged });
  const events: readonly Event[] = [...eventsIn(file), { type: "run-closed", at: 0, reason: "steps" }];
  return { events, run: recordedRun(facts(more), events, journal.task) };
};

/** `x = 0` fails; any other number is the score, with a standard error where the script names one: `x = 5 ± 2`. Lower is better. */
const byNumber: Evaluator = {
  async evaluate({ candidate }) {
    const [, value = "0", error] = /x = (\d+)(?: ± (\d+))?/.exec(candidate.code) ?? [];
    if (value === "0") return { valid: false, cause: "bad-submission", scores: [], feedback: "bad" };
    const score = {
      value: Number(value),
      source: "held-out" as const,
      ...(error === undefined ? {} : { error: Number(error) }),
    };
    return { valid: true, score, scores: [score], feedback: `score ${value}` };
  },
};

/** Answers in the order of the calls, from the start again after the last. */
export const inTurn =
  (...answers: readonly (string | Partial<Generation>)[]): NonNullable<Staged["reply"]> =>
  (_request, { number }) =>
    answers[number % answers.length]!;

export const fenced = (code: string): string => `\`\`\`python\n${code}\n\`\`\``;

/** Several answers of which one is taken without being run: the log does not say which. */
export const judged: Strategy = (next) => async (proposal, work) => {
  const made = await work.fanOut(3, (branch) => next(proposal, branch));
  const rated = await work.fanOut(3, (branch, at) =>
    branch.generate({ messages: [{ role: "user", content: `rate ${at}` }] }, { role: "judge", phase: "judge" }),
  );
  const best = rated.filter(({ ok }) => ok).length % made.length;
  const found = made[best];
  return found?.ok === true ? found.value : { plan: "", code: "" };
};

/** Another script than the answer's is what runs. */
export const repaired: Strategy = (next) => async (proposal, work) => {
  const candidate = await next(proposal, work);
  return candidate.code === "" ? candidate : { ...candidate, code: `import numpy\n${candidate.code}` };
};

/** Answers are made to begin with a sentence. */
export const opened: Strategy = (next) => (proposal, work) =>
  next(
    proposal,
    work.with({
      generate: (request, call, inner) =>
        inner.generate({ ...request, continueFrom: { reasoning: "", thinking: false, text: "A script: " } }, call),
    }),
  );

const chains: Readonly<Record<string, readonly Strategy[]>> = {
  ...sketchChains,
  judged: [judged],
  "judged(repaired)": [judged, repaired],
  repaired: [repaired],
  "self-consistency(opened)": [sketchSelfConsistency(), opened],
};

/** Text with quotes, line ends of all kinds and half characters. */
const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("\u2028", "\ud800", "\r\n", '"\\', "é"),
);

/** Anything that may be played: chains, searches, answers with and without code, cut off, with reasoning. */
export const scenes = fc
  .record({
    chain: fc.constantFrom(...Object.keys(chains)),
    search: fc.constantFrom(...Object.keys(sketchSearches)),
    slots: fc.constantFrom(1, 3),
    seed: fc.nat(1000),
    texts: fc.array(odd, { minLength: 1, maxLength: 4 }),
    scripts: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ chain, search, slots, seed, texts, scripts }): Staged => ({
    strategies: chains[chain]!,
    search: sketchSearches[search]!,
    slots,
    seed,
    limits: { steps: 6 },
    reply: (_request, { seed: drawn }) => {
      const text = texts[drawn % texts.length]!;
      const script = `x = ${drawn % scripts}`;
      if (drawn % 7 === 0) return text;
      return { text: `${text}\n${fenced(script)}`, reasoning: drawn % 3 === 0 ? text : "" };
    },
  }));

export const temporary = (): string => mkdtempSync(join(tmpdir(), "aide-trajectories-"));

const record = {
  version: "0.0.0",
  started: "2026-11-30T00:00:00.000Z",
  config: { args: [] },
  source: { kind: "command line", folder: "." },
  data: "../data",
  workspace: "../workspace",
  seed: 7,
  settings: {},
  task: { goal: "predict", metric: "rmse", direction: "minimize" },
  models: {},
  environment: {},
  hardware: {},
  node: "24",
  prompts: {},
  brief: "",
  setup: "0",
};

/** A run's folder, as `aide run` leaves it. */
export const writeRun = (folder: string, events: readonly Event[], more: object = {}): string => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "run.json"), JSON.stringify({ ...record, ...more }));
  writeFileSync(join(folder, "events.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return folder;
};
