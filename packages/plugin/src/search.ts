import type { Solution, SolutionId, Task } from "./evaluation.ts";
import type { Json } from "./generation.ts";
import type { Proposal, Random } from "./work.ts";

/** How one proposal ended. Told to the search exactly once, also when it failed or was cut. A step is one outcome. */
export interface Outcome {
  readonly number: number;
  readonly proposal: Proposal;
  readonly solutions: readonly Solution[];
  readonly chosen?: Solution;
  readonly cut?: "budget" | "failure";
  /** By plugin name. */
  readonly notes: Readonly<Record<string, readonly Json[]>>;
}

export interface JournalView {
  readonly task: Task;
  readonly outcomes: readonly Outcome[];
  readonly pending: readonly { readonly number: number; readonly proposal: Proposal }[];
  solution(id: SolutionId): Solution | undefined;
}

export type Ask =
  | { readonly kind: "propose"; readonly proposal: Proposal }
  | { readonly kind: "wait" }
  | { readonly kind: "done"; readonly reason: string };

/** Synchronous and a function of its calls: asks and tells are logged in order and fed again on resume. */
export interface Search {
  ask(view: JournalView, number: number, random: Random): Ask;
  tell(outcome: Outcome): void;
}
