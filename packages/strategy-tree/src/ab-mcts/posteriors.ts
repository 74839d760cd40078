import type { Random } from "@aide-ts/plugin";
import type { RewardMoments } from "../journal/evidence.ts";
import { betaQuantileAbove, betaTail } from "./beta-tail.ts";
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
  /** A draw of the mean reward. */
  draw(observed: RewardMoments, random: Random): number;
  /**
   * A draw given that something came about without which none would exceed the value, and whose chance is the one that `chanceAbove` gave. Where it does
   * not exceed the value it may be any number that does not.
   */
  drawAbove(value: number, chance: number, observed: RewardMoments, random: Random): number;
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
export const gaussianBelief = (prior: NormalInverseChiSquared): Belief => {
  const drawAbove: Belief["drawAbove"] = (_, chance, observed, random) => {
    const { mean, kappa, nu, tauSquared } = normalPosterior(prior, observed);
    return mean + Math.sqrt(tauSquared / kappa) * drawStudentT(nu, random, chance);
  };
  return {
    draw: (observed, random) => drawAbove(Number.NEGATIVE_INFINITY, 1, observed, random),
    drawAbove,
    reach: (observed) => {
      const { mean, kappa, tauSquared } = normalPosterior(prior, observed);
      return { mean, scale: Math.sqrt(tauSquared / kappa) };
    },
    chanceAbove: (value, count, { mean, scale }) => chanceOfRadius(prior.nu + count, (value - mean) / scale),
  };
};

/** After equally many rewards the belief of the larger mean lies above the other at every value, so the largest mean bounds them all. */
export const betaBelief = (prior: Beta): Belief => {
  const draw: Belief["draw"] = (observed, random) => {
    const { a, b } = betaPosterior(prior, observed);
    return drawBeta(a, b, random);
  };
  return {
    draw,
    drawAbove: (value, chance, observed, random) => {
      if (value <= 0) return draw(observed, random);
      const { a, b } = betaPosterior(prior, observed);
      const share = chance * random();
      return share < betaTail(a, b, value) ? betaQuantileAbove(a, b, value, share) : value;
    },
    reach: ({ mean }) => ({ mean, scale: 0 }),
    chanceAbove: (value, count, { mean }) => {
      const { a, b } = betaPosterior(prior, { count, mean, deviations: 0 });
      return betaTail(a, b, value);
    },
  };
};
