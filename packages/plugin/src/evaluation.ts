import type { Execution } from "./execution.ts";
import type { Open } from "./generation.ts";
import type { Lab } from "./work.ts";

export interface Task {
  readonly goal: string;
  readonly metric: string;
  readonly direction: "maximize" | "minimize";
  /** How rows are held back for the search score, where not at random: the latest by a column, or whole groups of one. Parts that a strategy holds back itself should be like those. */
  readonly split?: { readonly by: "time" | "group"; readonly column: string };
}

/** Search scores only. Report scores are made after the run by a grader that nothing in this package can reach. */
export interface Score {
  readonly value: number;
  readonly source: "held-out" | "reported" | "review";
  /** Standard error, where the evaluator knows it. */
  readonly error?: number;
  /**
   * What it is on each part of the rows that was held back in turn, in their order, which all solutions of a run share; fewer where the rest were not needed.
   * `value` is then what it would be on all of them, as far as that is known.
   */
  readonly folds?: readonly number[];
}

export type Cause = Open<
  | "no-code"
  | "truncated"
  | "repetition"
  | "static-check"
  | "exception"
  | "timeout"
  | "out-of-memory"
  | "crash"
  | "no-submission"
  | "bad-submission"
  | "no-score"
>;

/** `feedback` is the only text of an evaluation that prompts may show. */
export type Evaluation =
  | { readonly valid: true; readonly score: Score; readonly scores: readonly Score[]; readonly feedback: string }
  | { readonly valid: false; readonly cause: Cause; readonly scores: readonly Score[]; readonly feedback: string };

/**
 * Model failures are values: `code: ""` with a defect. `from`: the node it edits.
 * `evaluatedAs` is set by `evaluate`, and void once the code differs.
 */
export interface Candidate {
  readonly plan: string;
  readonly code: string;
  readonly defect?: Cause;
  /** What an answer without code held instead, in a few words. */
  readonly seen?: string;
  readonly from?: SolutionId;
  readonly evaluatedAs?: SolutionId;
}

/** File-safe, as `12-0.1-3`: it names a folder. */
export type SolutionId = string;

/** A node of the tree: every evaluated candidate, chosen or not. `parents[0]` is the tree parent. */
export interface Solution {
  readonly id: SolutionId;
  readonly proposal: number;
  readonly parents: readonly SolutionId[];
  readonly candidate: Candidate;
  readonly execution?: Execution;
  readonly evaluation: Evaluation;
}

/** Solutions that a new one is compared with: the one that it was made from, and the best that was known when it was asked for. */
export interface Rivals {
  readonly parent?: Solution;
  readonly best?: Solution;
}

/**
 * One of several in configured order: extend `before`, or return `undefined` for "cannot judge it", which leaves `before` as it is. Core ranks held-out over
 * reported over review. Runs once per code; `lab` logs under the code's hash, whichever branch asked first.
 */
export interface Evaluator {
  evaluate(
    subject: { readonly candidate: Candidate; readonly execution: Execution; readonly rivals?: Rivals },
    before: Evaluation | undefined,
    lab: Lab,
  ): Promise<Evaluation | undefined>;
}

/** Whether `a` beats `b`: valid over invalid, then the score in the task's direction. A tie is not better. */
export const isBetter = (task: Task, a: Solution, b: Solution): boolean => {
  if (!a.evaluation.valid) return false;
  if (!b.evaluation.valid) return true;
  const [ours, theirs] = [a.evaluation.score.value, b.evaluation.score.value];
  return task.direction === "maximize" ? ours > theirs : ours < theirs;
};
