import type { Comparison, Drawing } from "../comparison.ts";
import { drawsFrom } from "../random.ts";
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
 * @param data pairs of each comparison; where several have as many, signs are drawn once for all of them, as they would be for each alone
 */
export const signFlips = (
  data: readonly (readonly Weighted[])[],
  { seed, level = 0.95, relabellings = usual }: Drawing,
): readonly Comparison[] => {
  const numbered = data.map((pairs, at) => ({ at, mean: new WeightedMean(pairs) }));
  const found: Comparison[] = [];
  for (const [count, alike] of Map.groupBy(numbered, ({ at }) => data[at]?.length ?? 0)) {
    const means = alike.map(({ mean }) => mean);
    const isEach = 2 ** count <= mostEnumerated;
    const thresholds = isEach ? allFlips(means, count) : drawnFlips(means, count, seed, relabellings);
    const always = isEach ? 1 : 1 + relabellings - (thresholds[0]?.length ?? 0);
    const everything = Uint32Array.from({ length: count }, (_, one) => one);
    for (const [place, { at, mean }] of alike.entries())
      found[at] = invertThresholds(mean.of(everything, count), thresholds[place] ?? new Float64Array(), always, level);
  }
  return found;
};

class WeightedMean {
  readonly #weighted: Float64Array;
  readonly #weights: Float64Array;

  constructor(pairs: readonly Weighted[]) {
    this.#weighted = Float64Array.from(pairs, ({ difference, weight }) => weight * difference);
    this.#weights = Float64Array.from(pairs, ({ weight }) => weight);
  }

  /** Of so many of these places; NaN of none. */
  of(places: Uint32Array, count: number): number {
    let sum = 0;
    let total = 0;
    for (let at = 0; at < count; at += 1) {
      const place = places[at] ?? 0;
      sum += this.#weighted[place] ?? 0;
      total += this.#weights[place] ?? 0;
    }
    return sum / total;
  }
}

const allFlips = (means: readonly WeightedMean[], count: number): readonly Float64Array[] => {
  const found = means.map(() => new Float64Array(2 ** count - 1));
  const places = new Uint32Array(count);
  for (let flipped = 1; flipped < 2 ** count; flipped += 1) {
    let chosen = 0;
    for (let at = 0; at < count; at += 1) if ((flipped & (1 << at)) !== 0) places[chosen++] = at;
    for (const [one, thresholds] of found.entries()) thresholds[flipped - 1] = means[one]?.of(places, chosen) ?? 0;
  }
  return found;
};

/** Without draws that flip nothing. */
const drawnFlips = (
  means: readonly WeightedMean[],
  count: number,
  seed: number,
  drawn: number,
): readonly Float64Array[] => {
  const draws = drawsFrom(seed);
  const found = means.map(() => new Float64Array(drawn));
  const places = new Uint32Array(count);
  let flipping = 0;
  for (let round = 0; round < drawn; round += 1) {
    let chosen = 0;
    for (let at = 0; at < count; at += 1) if (draws.uniform() < 0.5) places[chosen++] = at;
    if (chosen === 0) continue;
    for (const [one, thresholds] of found.entries()) thresholds[flipping] = means[one]?.of(places, chosen) ?? 0;
    flipping += 1;
  }
  return found.map((thresholds) => thresholds.subarray(0, flipping));
};
