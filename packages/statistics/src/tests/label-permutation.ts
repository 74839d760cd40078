import type { Comparison, Drawing } from "../comparison.ts";
import { mean } from "../moments.ts";
import { drawsFrom } from "../random.ts";
import { invertThresholds, usual } from "./inversion.ts";

/** Cells of two arms that could have changed places: those of one task. */
export interface Stratum {
  readonly treated: readonly number[];
  readonly control: readonly number[];
  /** What the difference within it counts. */
  readonly weight: number;
}

/**
 * The permutation test of labels within strata, for arms that share nothing but their tasks: which cells of a task are whose does not matter
 * if the arms do the same. The statistic is the weighted mean of differences between means. 19,999 relabellings are drawn, to which the
 * data's own counts, so the test is exact.
 */
export const labelPermutation = (
  strata: readonly Stratum[],
  { seed, level = 0.95, relabellings = usual }: Drawing,
): Comparison => {
  const total = strata.reduce((sum, { weight }) => sum + weight, 0);
  const draws = drawsFrom(seed);
  const estimate =
    strata.reduce((sum, { treated, control, weight }) => sum + weight * (mean(treated) - mean(control)), 0) / total;
  const cells = strata.map(({ treated, control }) => Float64Array.from([...treated, ...control]));
  const orders = cells.map((values) => Uint32Array.from(values, (_value, at) => at));
  const found: number[] = [];
  for (let round = 0; round < relabellings; round += 1) {
    let statistic = 0;
    // How much of a shift of the treated the relabelled difference still shows.
    let shown = 0;
    for (const [at, { treated, control, weight }] of strata.entries()) {
      const values = cells[at] ?? new Float64Array();
      const order = orders[at] ?? new Uint32Array();
      shuffle(order, draws.uniform);
      for (const [place, cell] of order.entries()) {
        const share = place < treated.length ? weight / treated.length : -weight / control.length;
        statistic += share * (values[cell] ?? 0);
        if (cell < treated.length) shown += share;
      }
    }
    const hidden = 1 - shown / total;
    if (hidden > 1e-9) found.push((estimate - statistic / total) / hidden);
  }
  return invertThresholds(estimate, Float64Array.from(found), 1 + relabellings - found.length, level);
};

/** Fisher and Yates. */
const shuffle = (order: Uint32Array, uniform: () => number): void => {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(uniform() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
};
