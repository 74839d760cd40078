import type { Task } from "@aide-ts/plugin";
import { mean } from "../metrics/mean.ts";

/** By how much one solution is better than another, in the metric's units; below 0 it is worse. */
export interface Difference {
  readonly better: number;
  /** Standard error over the parts of the rows; what all parts have in common, as that some are hard, does not count. */
  readonly error: number;
  readonly parts: number;
}

/** How far better scores on parts of the rows are than others on the same parts; the longer list is cut. */
export const advantages = (
  direction: Task["direction"],
  ours: readonly number[],
  theirs: readonly number[],
): readonly number[] =>
  ours.slice(0, theirs.length).map((value, at) => {
    const other = theirs[at] ?? Number.NaN;
    return direction === "maximize" ? value - other : other - value;
  });

/** `undefined` where fewer than two parts are known of both. */
export const pairedDifference = (differences: readonly number[]): Difference | undefined => {
  const parts = differences.length;
  if (parts < 2) return undefined;
  const better = mean(differences);
  const variance = differences.reduce((sum, difference) => sum + (difference - better) ** 2, 0) / (parts - 1);
  return { better, error: Math.sqrt(variance / parts), parts };
};

/**
 * Whether a solution need not be scored on more parts: it is worse than the best on each of those known, by more than noise. The score of one part has an
 * error that is several times that of the paired difference, whose own is not known yet of so few parts; so it is the measure, the smaller the more there are.
 */
export const isOutOfTheRace = (differences: readonly number[], errors: readonly number[]): boolean => {
  if (differences.length === 0) return false;
  const noise = mean(errors) / differences.length;
  return differences.every((difference) => difference < 0) && mean(differences) < -noise;
};
