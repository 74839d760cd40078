import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import type { Comparison } from "../comparison.ts";
import { mean, variance } from "../moments.ts";

export interface TComparison extends Comparison {
  readonly statistic: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * Student's t on paired differences, one for each task: whether tasks like these differ.
 *
 * Where all differences are the same, which no normal distribution allows, p is that of the sign-flip, the least that signs can show.
 * @param differences at least two
 */
export const pairedT = (differences: readonly number[], level = 0.95): TComparison => {
  const estimate = mean(differences);
  const standardError = Math.sqrt(variance(differences) / differences.length);
  const degreesOfFreedom = differences.length - 1;
  const half = tQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  const statistic = statisticOf(estimate, standardError, degreesOfFreedom);
  return {
    estimate,
    p: 2 * tCdf(-Math.abs(statistic), degreesOfFreedom),
    interval: [estimate - half, estimate + half],
    level,
    statistic,
    standardError,
    degreesOfFreedom,
  };
};

const statisticOf = (estimate: number, standardError: number, degreesOfFreedom: number): number => {
  if (estimate === 0) return 0;
  const ratio = estimate / standardError;
  return Number.isFinite(ratio)
    ? ratio
    : -Math.sign(estimate) * tQuantile(2 ** -(degreesOfFreedom + 1), degreesOfFreedom);
};
