import type { Task } from "@aide-ts/plugin";
import { mean } from "../metrics/mean.ts";
import type { Compared } from "../metrics/compared.ts";
import { errorOfMean, pairedError } from "../metrics/standard-error.ts";

/** By how much one solution is better than another, in the metric's units; below 0 it is worse. */
export interface Difference {
  readonly better: number;
  /** Standard error; what is hard for both does not count. */
  readonly error: number;
  readonly parts: number;
}

/** What a solution has on one part of the rows. */
export interface PartScore {
  readonly value: number;
  /** Each target with its rows; none where they are not known any more, or the metric is the task's own. */
  readonly compared: readonly Compared[];
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

/**
 * The mean difference of two solutions on the parts that both were scored on. Its error is over rows where all of these are known, else over parts, of which there
 * must be two. `undefined` where neither can be had.
 */
export const pairedDifference = (
  direction: Task["direction"],
  ours: readonly PartScore[],
  theirs: readonly PartScore[],
): Difference | undefined => {
  const differences = advantages(
    direction,
    ours.map(({ value }) => value),
    theirs.map(({ value }) => value),
  );
  const parts = differences.length;
  if (parts === 0) return undefined;
  const better = mean(differences);
  const overRows = errorOverRows(ours.slice(0, parts), theirs);
  const error = Number.isNaN(overRows) && parts > 1 ? errorOfMean(differences) : overRows;
  return Number.isNaN(error) ? undefined : { better, error, parts };
};

/** Standard error of a mean over parts, of which none has a row of another. */
export const errorOfParts = (errors: readonly number[]): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0)) / errors.length;

/** Rows of different parts are not the same; targets of one row may go together, so that their mean has no smaller an error than they have. */
const errorOverRows = (ours: readonly PartScore[], theirs: readonly PartScore[]): number => {
  const errors = ours.map(({ compared }, part) => {
    const others = theirs[part]?.compared ?? [];
    return compared.length === 0 || compared.length !== others.length
      ? Number.NaN
      : mean(compared.map((one, target) => errorBeside(one, others[target])));
  });
  return errorOfParts(errors);
};

const errorBeside = (one: Compared, other: Compared | undefined): number =>
  other === undefined ? Number.NaN : pairedError(one, other);

/**
 * Whether a solution need not be scored on more parts: it is worse than the best on each of those known, by more than noise. The score of one part has an
 * error that is several times that of the paired difference, whose own is not known yet of so few parts; so it is the measure, the smaller the more there are.
 */
export const isOutOfTheRace = (differences: readonly number[], errors: readonly number[]): boolean => {
  if (differences.length === 0) return false;
  const noise = mean(errors) / differences.length;
  return differences.every((difference) => difference < 0) && mean(differences) < -noise;
};
