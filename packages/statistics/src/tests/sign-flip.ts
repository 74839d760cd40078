import type { Comparison, Drawing } from "../comparison.ts";
import { drawsFrom, type Draws } from "../random.ts";
import { invertThresholds, mostEnumerated, usual } from "./inversion.ts";

/** A paired difference, and what it counts in the mean. */
export interface Weighted {
  readonly difference: number;
  readonly weight: number;
}

/**
 * The sign-flip test on a weighted mean of paired differences: each could as well have had the other sign if the arms did the same.
 *
 * With one difference for each task it is about tasks like these; with one for each pair of cells about these tasks, each with weight
 * 1 / (tasks × its pairs). All signs are looked at up to 16 differences, 19,999 draws beyond; either way the test is exact.
 * The interval inverts it: a set of flipped signs reaches the statistic of the data where δ is at least the mean of what it flips.
 */
export const signFlip = (
  pairs: readonly Weighted[],
  { seed, level = 0.95, relabellings = usual }: Drawing,
): Comparison => {
  const differences = Float64Array.from(pairs, ({ difference }) => difference);
  const weights = Float64Array.from(pairs, ({ weight }) => weight);
  const thresholds =
    2 ** pairs.length <= mostEnumerated
      ? allFlips(differences, weights)
      : drawnFlips(differences, weights, drawsFrom(seed), relabellings);
  return invertThresholds(
    weightedMean(differences, weights, () => true),
    thresholds.found,
    thresholds.always,
    level,
  );
};

interface Flips {
  readonly found: Float64Array;
  readonly always: number;
}

const allFlips = (differences: Float64Array, weights: Float64Array): Flips => {
  const found = new Float64Array(2 ** differences.length - 1);
  for (let flipped = 1; flipped <= found.length; flipped += 1)
    found[flipped - 1] = weightedMean(differences, weights, (at) => (flipped & (1 << at)) !== 0);
  return { found, always: 1 };
};

const drawnFlips = (differences: Float64Array, weights: Float64Array, draws: Draws, drawn: number): Flips => {
  const found: number[] = [];
  for (let round = 0; round < drawn; round += 1) {
    const center = weightedMean(differences, weights, () => draws.uniform() < 0.5);
    if (!Number.isNaN(center)) found.push(center);
  }
  return { found: Float64Array.from(found), always: 1 + drawn - found.length };
};

/** NaN where nothing is meant. */
const weightedMean = (differences: Float64Array, weights: Float64Array, isMeant: (at: number) => boolean): number => {
  let sum = 0;
  let total = 0;
  for (let at = 0; at < differences.length; at += 1) {
    if (!isMeant(at)) continue;
    const weight = weights[at] ?? 0;
    sum += weight * (differences[at] ?? 0);
    total += weight;
  }
  return sum / total;
};
