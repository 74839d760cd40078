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
 * @param data strata of each comparison; those that are as large in several are relabelled once for all of them, as each alone would be
 */
export const labelPermutations = (data: readonly (readonly Stratum[])[], drawing: Drawing): readonly Comparison[] => {
  const numbered = data.map((strata, at) => ({ at, strata }));
  const found: Comparison[] = [];
  for (const alike of Map.groupBy(numbered, ({ strata }) => shapeOf(strata)).values()) {
    const comparisons = permuteAlike(
      alike.map(({ strata }) => strata),
      drawing,
    );
    for (const [place, comparison] of comparisons.entries()) found[alike[place]?.at ?? 0] = comparison;
  }
  return found;
};

const shapeOf = (strata: readonly Stratum[]): string =>
  JSON.stringify(strata.map(({ treated, control, weight }) => [treated.length, control.length, weight]));

/** Of data with the same shape. */
const permuteAlike = (
  data: readonly (readonly Stratum[])[],
  { seed, level = 0.95, relabellings = usual }: Drawing,
): readonly Comparison[] => {
  const shape = data[0] ?? [];
  const total = shape.reduce((sum, { weight }) => sum + weight, 0);
  const draws = drawsFrom(seed);
  const estimates = data.map(
    (strata) =>
      strata.reduce((sum, { treated, control, weight }) => sum + weight * (mean(treated) - mean(control)), 0) / total,
  );
  const cells = data.map((strata) => strata.map(({ treated, control }) => Float64Array.from([...treated, ...control])));
  const sums = cells.map((strata) => strata.map((values) => values.reduce((sum, value) => sum + value, 0)));
  const orders = shape.map(({ treated, control }) =>
    Uint32Array.from({ length: treated.length + control.length }, (_value, at) => at),
  );
  const statistics = new Float64Array(data.length);
  const found = data.map(() => new Float64Array(relabellings));
  let differing = 0;
  for (let round = 0; round < relabellings; round += 1) {
    statistics.fill(0);
    // How much of a shift of the treated the relabelled difference still shows.
    let shown = 0;
    for (const [at, { treated, control, weight }] of shape.entries()) {
      const order = orders[at] ?? new Uint32Array();
      const shares = { treated: weight / treated.length, control: -weight / control.length };
      shuffle(order, draws.uniform);
      for (let place = 0; place < order.length; place += 1)
        if ((order[place] ?? 0) < treated.length) shown += place < treated.length ? shares.treated : shares.control;
      for (let one = 0; one < data.length; one += 1) {
        const values = cells[one]?.[at] ?? new Float64Array();
        let sum = 0;
        for (let place = 0; place < treated.length; place += 1) sum += values[order[place] ?? 0] ?? 0;
        const others = (sums[one]?.[at] ?? 0) - sum;
        statistics[one] = (statistics[one] ?? 0) + shares.treated * sum + shares.control * others;
      }
    }
    const hidden = 1 - shown / total;
    if (hidden <= 1e-9) continue;
    for (const [one, thresholds] of found.entries())
      thresholds[differing] = ((estimates[one] ?? 0) - (statistics[one] ?? 0) / total) / hidden;
    differing += 1;
  }
  return found.map((thresholds, one) =>
    invertThresholds(estimates[one] ?? 0, thresholds.subarray(0, differing), 1 + relabellings - differing, level),
  );
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
