import type { Random } from "@aide-ts/plugin";
import type { RewardMoments } from "../journal/evidence.ts";
import { chanceOfRadius, drawBeta, drawStudentT } from "./draws.ts";

/** Normal–inverse-χ²: the variance is scaled inverse-χ² with `nu` and `tauSquared`, the mean normal around `mean` with variance σ²/`kappa`. */
export interface NormalInverseChiSquared {
  readonly mean: number;
  readonly kappa: number;
  readonly nu: number;
  readonly tauSquared: number;
}

export interface Beta {
  readonly a: number;
  readonly b: number;
}

/** Where a belief lies and how wide it is; with the largest of several beliefs, a bound on all of them. */
export interface Reach {
  readonly mean: number;
  readonly scale: number;
}

/** What is thought of a mean reward, given what was observed. */
export interface Belief {
  /** A draw of the mean reward. With a `chance` that `chanceAbove` gave: a draw from that share of the distribution. */
  draw(observed: RewardMoments, random: Random, chance?: number): number;
  reach(observed: RewardMoments): Reach;
  /** A bound on the share of the distribution that may lie above a value, after `count` rewards and within this reach. */
  chanceAbove(value: number, count: number, reach: Reach): number;
}

/** The conjugate posterior (Murphy 2023, Probabilistic Machine Learning: Advanced Topics, 3.4.3.3). */
export const normalPosterior = (
  { mean, kappa, nu, tauSquared }: NormalInverseChiSquared,
  observed: RewardMoments,
): NormalInverseChiSquared => {
  const { count } = observed;
  const [kappaAfter, nuAfter] = [kappa + count, nu + count];
  const shift = (count * kappa * (mean - observed.mean) ** 2) / kappaAfter;
  return {
    mean: (kappa * mean + count * observed.mean) / kappaAfter,
    kappa: kappaAfter,
    nu: nuAfter,
    tauSquared: (nu * tauSquared + observed.deviations + shift) / nuAfter,
  };
};

/** Rewards between 0 and 1 count as parts of a success. */
export const betaPosterior = ({ a, b }: Beta, { count, mean }: RewardMoments): Beta => ({
  a: a + count * mean,
  b: b + count * (1 - mean),
});

/** The mean's marginal distribution is Student's t with `nu` degrees of freedom, so no variance has to be drawn first. */
export const gaussianBelief = (prior: NormalInverseChiSquared): Belief => ({
  draw: (observed, random, chance) => {
    const { mean, kappa, nu, tauSquared } = normalPosterior(prior, observed);
    return mean + Math.sqrt(tauSquared / kappa) * drawStudentT(nu, random, chance);
  },
  reach: (observed) => {
    const { mean, kappa, tauSquared } = normalPosterior(prior, observed);
    return { mean, scale: Math.sqrt(tauSquared / kappa) };
  },
  chanceAbove: (value, count, { mean, scale }) => chanceOfRadius(prior.nu + count, (value - mean) / scale),
});

export const betaBelief = (prior: Beta): Belief => ({
  draw: (observed, random) => {
    const { a, b } = betaPosterior(prior, observed);
    return drawBeta(a, b, random);
  },
  reach: () => ({ mean: 1, scale: 0 }),
  chanceAbove: () => 1,
});
