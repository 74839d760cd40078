import normal from "@stdlib/stats-base-dists-normal-cdf";
import { variance } from "../moments.ts";

/** An estimate with its standard error: a task's difference. */
export interface Measured {
  readonly estimate: number;
  readonly standardError: number;
}

export interface Posterior {
  readonly mean: number;
  /** Central 95 %. */
  readonly interval: readonly [number, number];
  /** That the difference over tasks like these is above zero. */
  readonly positive: number;
  /** Posterior mean of the standard deviation of differences between tasks. */
  readonly betweenTasks: number;
}

/**
 * The difference over tasks like these by a hierarchical normal model: a sensitivity analysis, never a claim.
 *
 * θ_task ~ N(μ, τ²), flat on μ, τ half-Cauchy with the spread of the estimates as its scale; τ on a grid of quantiles of its prior, μ in
 * closed form given τ (Gelman et al., Bayesian Data Analysis, 3rd edition, section 5.4). No random numbers.
 */
export const hierarchical = (tasks: readonly Measured[]): Posterior => {
  const scale = Math.sqrt(variance(tasks.map(({ estimate }) => estimate))) || 1e-6;
  const given = Array.from({ length: gridPoints }, (_, at) =>
    givenSpread(tasks, scale * Math.tan((Math.PI / 2) * ((at + 0.5) / gridPoints))),
  );
  const most = Math.max(...given.map(({ logWeight }) => logWeight));
  const weights = given.map(({ logWeight }) => Math.exp(logWeight - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (of: (one: Given) => number): number =>
    given.reduce((sum, one, at) => sum + ((weights[at] ?? 0) / total) * of(one), 0);
  const below = (bound: number): number => average(({ center, deviation }) => normal(bound, center, deviation));
  return {
    mean: average(({ center }) => center),
    interval: [solve(below, 0.025, given), solve(below, 0.975, given)],
    positive: 1 - below(0),
    betweenTasks: average(({ spread }) => spread),
  };
};

const gridPoints = 400;

/** What the model says of μ once τ is known. */
interface Given {
  readonly spread: number;
  readonly center: number;
  readonly deviation: number;
  /** Logarithm of the likelihood with μ integrated out. */
  readonly logWeight: number;
}

const givenSpread = (tasks: readonly Measured[], spread: number): Given => {
  const precisions = tasks.map(({ standardError }) => 1 / (standardError ** 2 + spread ** 2));
  const total = precisions.reduce((sum, precision) => sum + precision, 0);
  const center = tasks.reduce((sum, { estimate }, at) => sum + estimate * (precisions[at] ?? 0), 0) / total;
  const logWeight = tasks.reduce(
    (sum, { estimate }, at) => {
      const precision = precisions[at] ?? 0;
      return sum + 0.5 * Math.log(precision) - 0.5 * precision * (estimate - center) ** 2;
    },
    -0.5 * Math.log(total),
  );
  return { spread, center, deviation: Math.sqrt(1 / total), logWeight };
};

/** The value below which this much of the posterior lies, by bisection. */
const solve = (below: (bound: number) => number, wanted: number, given: readonly Given[]): number => {
  let low = Math.min(...given.map(({ center, deviation }) => center - 10 * deviation));
  let high = Math.max(...given.map(({ center, deviation }) => center + 10 * deviation));
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2;
    if (below(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
