import { mean, variance } from "../moments.ts";
import { drawsFrom } from "../random.ts";

/** A mean curve with a band that covers all of it at once. */
export interface Band {
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const resamples = 2000;
/** What rounding leaves of the variance of equal numbers. */
const negligible = 1e-12;

/**
 * The mean over tasks of a curve, with a band for the whole of it: as wide at each place, in standard errors, as the largest deviation anywhere
 * stays below in `level` of bootstrap samples of tasks (Montiel Olea and Plagborg-Møller 2019, "Simultaneous confidence bands", algorithm 2).
 * @param curves one for each task, all on the same grid
 */
export const simultaneousBand = (
  curves: readonly (readonly number[])[],
  { seed, level = 0.95 }: { readonly seed: number; readonly level?: number },
): Band => {
  const grid = curves[0]?.map((_, at) => at) ?? [];
  const columns = grid.map((at) => curves.map((curve) => curve[at] ?? 0));
  const centers = columns.map(mean);
  if (curves.length < 2) return { mean: centers, low: grid.map(() => -Infinity), high: grid.map(() => Infinity) };
  const errors = columns.map((values) => Math.sqrt(variance(values) / values.length));
  const width = criticalWidth(columns, centers, errors, level, seed);
  return {
    mean: centers,
    low: centers.map((center, at) => center - width * (errors[at] ?? 0)),
    high: centers.map((center, at) => center + width * (errors[at] ?? 0)),
  };
};

/** Studentised in each sample, as tasks are few. */
const criticalWidth = (
  columns: readonly (readonly number[])[],
  centers: readonly number[],
  errors: readonly number[],
  level: number,
  seed: number,
): number => {
  const tasks = columns[0]?.length ?? 0;
  const { uniform } = drawsFrom(seed);
  const varying = columns.flatMap((values, at) =>
    (errors[at] ?? 0) === 0 ? [] : [{ values: Float64Array.from(values), center: centers[at] ?? 0 }],
  );
  const largest = Float64Array.from({ length: resamples }, () => {
    const drawn = Uint32Array.from({ length: tasks }, () => Math.floor(uniform() * tasks));
    let most = 0;
    for (const { values, center } of varying) {
      let sum = 0;
      let squares = 0;
      for (let at = 0; at < tasks; at += 1) {
        const deviation = (values[drawn[at] ?? 0] ?? 0) - center;
        sum += deviation;
        squares += deviation * deviation;
      }
      const shift = sum / tasks;
      const ofSample = (squares - sum * shift) / (tasks - 1);
      if (ofSample > negligible * squares) most = Math.max(most, Math.abs(shift) / Math.sqrt(ofSample / tasks));
    }
    return most;
  }).toSorted();
  return largest[Math.ceil(level * resamples) - 1] ?? Infinity;
};
