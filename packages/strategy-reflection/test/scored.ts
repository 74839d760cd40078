import type { Evaluator, Strategy } from "@aide-ts/plugin";
import { play, type Staged } from "@aide-ts/testing";

/** A script is valid if it holds no "bad"; its score is its number of lines. */
export const scoring: Evaluator = {
  async evaluate({ candidate: { code } }) {
    if (code.includes("bad")) return { valid: false, cause: "exception", scores: [], feedback: "NameError: bad" };
    const score = { value: code.split("\n").length, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: "fine" };
  },
};

export const draft = "```python\na = 1\nb = bad\nc = 3\n```";
export const repaired = "```python\na = 1\nb = 2\n```";

/** Answers by the beginning of a prompt's name, in turn; the last one again and again. Everything else is answered by the draft. */
export interface Answers {
  readonly [prompt: string]: readonly string[];
}

export interface Played {
  readonly notes: readonly unknown[] | undefined;
  readonly code: string | undefined;
  readonly solutions: number;
  /** Each prompt that was asked, in order: its name, and its slots as JSON with line ends for `\n`. */
  readonly asked: readonly string[];
}

/** One step, or more, of a strategy whose calls are answered by the name of their prompt. */
export const playedWith = async (strategy: Strategy, answers: Answers, more: Staged = {}): Promise<Played> => {
  const asked: string[] = [];
  const taken = new Map<string, number>();
  const reply: Staged["reply"] = ({ messages }) => {
    const text = messages.map(({ content }) => content).join("\n");
    asked.push(text.replaceAll("\\n", "\n"));
    const [name, given] = Object.entries(answers).find(([prompt]) => text.startsWith(prompt)) ?? ["", []];
    const at = taken.get(name) ?? 0;
    taken.set(name, at + 1);
    return given[Math.min(at, given.length - 1)] ?? draft;
  };
  const run: Staged["run"] = ({ code }) =>
    code.includes("bad")
      ? { fate: "exception", exception: { type: "NameError", message: "bad", frames: [] } }
      : { files: { "submission/submission.csv": "id\n" } };
  const played = await play({
    strategies: [strategy],
    reply,
    evaluators: [scoring],
    limits: { steps: 1 },
    run,
    ...more,
  });
  const outcome = played.journal.outcomes.at(-1);
  return {
    notes: outcome?.notes["s0"],
    code: outcome?.chosen?.candidate.code,
    solutions: outcome?.solutions.length ?? 0,
    asked,
  };
};
