import type { Cause, Proposal, Random, Task } from "@aide-ts/plugin";

/** What becomes of a solution: its score as the search sees it, and its worth, which regret is measured on. */
export type Seen =
  | { readonly valid: true; readonly score: number; readonly worth: number }
  | { readonly valid: false; readonly cause: Cause };

/** A solution of a landscape, and what may be made from it. */
export interface Spot {
  /** Distinguishes it from the other spots of its landscape. One line, without quotes. */
  readonly name: string;
  readonly seen: Seen;
  /** What a model billed for it, where that was recorded; else 0. */
  readonly tokens: number;
  /** How long its script ran, where that was recorded; else 0. */
  readonly seconds: number;
  /** The submission that its script writes, as CSV. */
  readonly submission?: string;
  /** What an operator makes of it. */
  child(operator: Proposal["operator"], random: Random): Spot;
}

/** What a draft is and what comes of it: all that a search meets of a task, without a model. */
export interface Landscape {
  readonly name: string;
  readonly metric: string;
  readonly direction: Task["direction"];
  /** The best worth that can be reached, or that nothing passes. */
  readonly optimum: number;
  /** Worth of the median valid draft: there regret is 1. */
  readonly median: number;
  draft(random: Random): Spot;
}
