import type { Comparison } from "../comparison.ts";

/** The usual number of relabellings that are drawn. */
export const usual = 19_999;

/** As many relabellings are looked at one by one. */
export const mostEnumerated = 2 ** 16;

/**
 * A randomisation test and its interval, from thresholds: a relabelling's statistic reaches that of the data, once δ is taken from the
 * treated, exactly where δ ≥ its threshold; it stays at or below it where δ ≤ its threshold.
 * @param thresholds one for each relabelling that is not the data's own
 * @param always relabellings with the statistic of the data at each δ, the data's own among them
 */
export const invertThresholds = (
  estimate: number,
  thresholds: Float64Array,
  always: number,
  level: number,
): Comparison => {
  const sorted = thresholds.toSorted();
  const total = sorted.length + always;
  // What rounding made of a tie counts as one.
  const tie = 1e-12 * Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  const reaching = countFirst(sorted, (threshold) => threshold <= tie);
  const staying = sorted.length - countFirst(sorted, (threshold) => threshold < -tie);
  const oneSided = Math.min(reaching, staying) + always;
  const rejected = Math.floor(((1 - level) / 2) * total + 1e-9);
  const at = rejected - always;
  return {
    estimate,
    p: Math.min(1, (2 * oneSided) / total),
    interval: [sorted[at] ?? -Infinity, sorted[sorted.length - 1 - at] ?? Infinity],
    level,
  };
};

/** How many of these, ascending, come before the first that does not satisfy it. */
const countFirst = (sorted: Float64Array, satisfies: (threshold: number) => boolean): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (satisfies(sorted[middle] ?? Infinity)) low = middle + 1;
    else high = middle;
  }
  return low;
};
