import type { Interval } from "../comparison.ts";
import { fewestTasks, holm } from "../multiplicity.ts";
import type { SequentialTest } from "../sequential/calibrate.ts";
import { pairedT, type TComparison } from "../tests/paired-t.ts";
import { taskDifferences, upTo, type Contrast, type Scores } from "./scores.ts";

export interface Claim {
  readonly kind: "tested";
  readonly contrast: string;
  readonly tasks: number;
  /** Paired t on task means. Its p and interval allow for the looks, where there were some. */
  readonly t: TComparison;
  /** Holm's, over all declared contrasts. */
  readonly adjustedP: number;
  /** Covers together with those of all other contrasts. */
  readonly simultaneous: Interval;
}

export type TaskClaim =
  | Claim
  /** Too few tasks for what was declared: nothing is claimed beyond these tasks. */
  | { readonly kind: "refused"; readonly contrast: string; readonly tasks: number; readonly needed: number };

/** Looks that were declared, and how many of them have been taken. */
export interface Looked {
  /** Calibrated for this number of tasks. */
  readonly testFor: (tasks: number) => SequentialTest;
  /** Seeds after each look so far, cumulative, the last being all that there are. */
  readonly seeds: readonly number[];
}

/** Whether arms differ on tasks like these: paired t on task means, Holm over all contrasts. */
export const tasksLikeThese = (
  scores: Scores,
  contrasts: readonly Contrast[],
  { alpha = 0.05, looked }: { readonly alpha?: number; readonly looked?: Looked | undefined } = {},
): readonly TaskClaim[] => {
  const differences = contrasts.map((contrast) => taskDifferences(scores, contrast));
  const needed = fewestTasks(contrasts.length, alpha);
  const tested = contrasts.map((contrast, at) => {
    const values = differences[at] ?? [];
    return values.length < needed ? undefined : comparisonOf(scores, contrast, values, alpha, looked);
  });
  // One that is refused counts as one that shows nothing.
  const adjusted = holm(tested.map((comparison) => comparison?.p ?? 1));
  return contrasts.map(({ name: contrast }, at) => {
    const values = differences[at] ?? [];
    const comparison = tested[at];
    if (comparison === undefined) return { kind: "refused", contrast, tasks: values.length, needed };
    return {
      kind: "tested",
      contrast,
      tasks: values.length,
      t: comparison,
      adjustedP: adjusted[at] ?? 1,
      simultaneous: widened(comparison, values, alpha / contrasts.length, looked),
    };
  });
};

const comparisonOf = (
  scores: Scores,
  contrast: Contrast,
  values: readonly number[],
  alpha: number,
  looked: Looked | undefined,
): TComparison => {
  const comparison = pairedT(values, 1 - alpha);
  if (looked === undefined) return comparison;
  const statistics = looked.seeds.map((seeds) => pairedT(taskDifferences(upTo(scores, seeds), contrast)).statistic);
  const { p } = looked.testFor(values.length);
  return { ...comparison, p: p(statistics), interval: widened(comparison, values, alpha, looked) };
};

const widened = (
  { estimate, standardError }: TComparison,
  values: readonly number[],
  alpha: number,
  looked: Looked | undefined,
): Interval => {
  if (looked === undefined) return pairedT(values, 1 - alpha).interval;
  const half = looked.testFor(values.length).bound(looked.seeds.length, alpha) * standardError;
  return [estimate - half, estimate + half];
};
