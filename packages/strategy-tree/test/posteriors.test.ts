import { seededRandom } from "@aide-ts/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaQuantileAbove, betaTail, logGamma } from "../src/ab-mcts/beta-tail.ts";
import { chanceOfRadius, drawBeta, drawStudentT } from "../src/ab-mcts/draws.ts";
import { betaBelief, betaPosterior, gaussianBelief, normalPosterior } from "../src/ab-mcts/posteriors.ts";
import { fuzzRuns } from "./fuzz.ts";
import { kolmogorovSmirnov, kolmogorovSmirnovAgainst } from "./kolmogorov-smirnov.ts";

const options = { numRuns: fuzzRuns };
const alpha = 0.001;
const size = 20_000;

const rewards = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
const prior = fc.record({
  mean: fc.double({ min: -1, max: 2, noNaN: true }),
  kappa: fc.double({ min: 0.1, max: 5, noNaN: true }),
  nu: fc.double({ min: 0.5, max: 5, noNaN: true }),
  tauSquared: fc.double({ min: 0.01, max: 1, noNaN: true }),
});
const known = { mean: 0, kappa: 1, nu: 1, tauSquared: 0.1 };

const momentsOf = (list: readonly number[]) => {
  const mean = list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length;
  return { count: list.length, mean, deviations: list.reduce((sum, one) => sum + (one - mean) ** 2, 0) };
};
const sample = (draw: (random: () => number) => number, seed: number): readonly number[] => {
  const random = seededRandom("draws", seed);
  return Array.from({ length: size }, () => draw(random));
};
/** Normal by the central limit, so that nothing is shared with what is tested. */
const plainNormal = (random: () => number): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b, 0) - 6;

describe("the normal posterior", () => {
  it("of many rewards is what they give one after the other", () => {
    fc.assert(
      fc.property(prior, rewards, (before, list) => {
        const whole = normalPosterior(before, momentsOf(list));
        const single = list.reduce((belief, one) => normalPosterior(belief, momentsOf([one])), before);
        for (const key of ["mean", "kappa", "nu", "tauSquared"] as const)
          expect(whole[key]).toBeCloseTo(single[key], 8);
      }),
      options,
    );
  });

  it("has the values that are worked out by hand", () => {
    expect(normalPosterior(known, momentsOf([]))).toEqual(known);
    // One reward of 1: κ = ν = 2, mean ½, τ² = (0.1 + 1·1·1/2) / 2. Then rewards 0 and 1: τ² = (0.1 + ½ + 2·¼/3) / 3.
    expect(normalPosterior(known, momentsOf([1]))).toEqual({ mean: 0.5, kappa: 2, nu: 2, tauSquared: 0.3 });
    const two = normalPosterior(known, momentsOf([0, 1]));
    expect(two).toMatchObject({ kappa: 3, nu: 3 });
    expect(two.mean).toBeCloseTo(1 / 3, 12);
    expect(two.tauSquared).toBeCloseTo((0.1 + 0.5 + 0.5 / 3) / 3, 12);
  });

  it("is drawn as a variance and then a mean around it would be", () => {
    // With ν = 6 degrees, χ² is the sum of three exponential variates, doubled.
    const belief = { mean: 0.4, kappa: 3, nu: 6, tauSquared: 0.2 };
    const chiSquared = (random: () => number) => -2 * Math.log((1 - random()) * (1 - random()) * (1 - random()));
    const plain = (random: () => number) => {
      const variance = (belief.nu * belief.tauSquared) / chiSquared(random);
      return belief.mean + plainNormal(random) * Math.sqrt(variance / belief.kappa);
    };
    const ours = sample((random) => gaussianBelief(belief).draw(momentsOf([]), random), 1);
    expect(kolmogorovSmirnov(ours.slice(0, 3000), sample(plain, 2).slice(0, 3000))).toBeGreaterThan(alpha);
    const { mean, deviations } = momentsOf(ours);
    const variance = (belief.tauSquared / belief.kappa) * (belief.nu / (belief.nu - 2));
    expect(Math.abs(mean - belief.mean)).toBeLessThan(4 * Math.sqrt(variance / size));
    // The variance of a variance of t₆ is that of a kurtosis of 6.
    expect(Math.abs(deviations / size - variance)).toBeLessThan(4 * variance * Math.sqrt(5 / size));
  });
});

describe("the beta posterior", () => {
  it("counts rewards as parts of successes", () => {
    fc.assert(
      fc.property(rewards, (list) => {
        const sum = list.reduce((a, b) => a + b, 0);
        const { a, b } = betaPosterior({ a: 0.5, b: 0.5 }, momentsOf(list));
        expect(a).toBeCloseTo(0.5 + sum, 8);
        expect(b).toBeCloseTo(0.5 + list.length - sum, 8);
      }),
      options,
    );
  });

  it("is drawn with its mean and variance", () => {
    const list = [0.2, 0.9, 1, 0];
    const ours = sample((random) => betaBelief({ a: 0.5, b: 0.5 }).draw(momentsOf(list), random), 3);
    const [a, b] = [0.5 + 2.1, 0.5 + 1.9];
    const variance = (a * b) / ((a + b) ** 2 * (a + b + 1));
    const { mean, deviations } = momentsOf(ours);
    expect(Math.abs(mean - a / (a + b))).toBeLessThan(4 * Math.sqrt(variance / size));
    expect(Math.abs(deviations / size - variance)).toBeLessThan(0.05 * variance);
  });
});

describe("the beta distribution's tail", () => {
  const shape = fc.double({ min: 0.05, max: 300, noNaN: true });
  const whole = fc.integer({ min: 1, max: 60 });
  const inside = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

  it("rests on a logarithm of Γ that obeys its recurrence and has its known values", () => {
    fc.assert(
      fc.property(shape, (z) => {
        expect(logGamma(z + 1) - logGamma(z)).toBeCloseTo(Math.log(z), 10);
      }),
      options,
    );
    expect(logGamma(1)).toBeCloseTo(0, 12);
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 10);
    expect(logGamma(100_001) - logGamma(100_000)).toBeCloseTo(Math.log(100_000), 9);
  });

  it("has its closed forms: powers, the arcsine law, and sums of binomial chances", () => {
    fc.assert(
      fc.property(shape, inside, (given, x) => {
        expect(betaTail(given, 1, x)).toBeCloseTo(1 - x ** given, 10);
        expect(betaTail(1, given, x)).toBeCloseTo((1 - x) ** given, 10);
        expect(betaTail(0.5, 0.5, x)).toBeCloseTo(1 - (2 / Math.PI) * Math.asin(Math.sqrt(x)), 10);
      }),
      options,
    );
    fc.assert(
      fc.property(whole, whole, fc.double({ min: 0.02, max: 0.98, noNaN: true }), (a, b, x) => {
        const trials = a + b - 1;
        let chance = (1 - x) ** trials;
        let sum = 0;
        for (let successes = 0; successes < a; successes++) {
          sum += chance;
          chance *= ((trials - successes) / (successes + 1)) * (x / (1 - x));
        }
        expect(betaTail(a, b, x)).toBeCloseTo(sum, 9);
      }),
      options,
    );
    expect([betaTail(2, 3, 0), betaTail(2, 3, 1), betaTail(2, 3, -1)]).toEqual([1, 0, 1]);
  });

  it("is turned round by its quantile, beyond any value", () => {
    fc.assert(
      fc.property(shape, shape, inside, inside, (a, b, from, share) => {
        const all = betaTail(a, b, from);
        fc.pre(all > 1e-12);
        const found = betaQuantileAbove(a, b, from, share * all);
        expect(found).toBeGreaterThanOrEqual(from);
        expect(found).toBeLessThanOrEqual(1);
        // Where the distribution is steep, the nearest numbers on either side of the quantile have other chances.
        const [before, after] = [found - 2e-15, found + 2e-15].map((x) => betaTail(a, b, x));
        expect(before).toBeGreaterThanOrEqual(share * all * (1 - 1e-6));
        expect(after).toBeLessThanOrEqual(share * all * (1 + 1e-6));
      }),
      options,
    );
  });

  it("is never longer than the bound that the largest mean gives, and is exact for that one", () => {
    const means = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(means, fc.nat(200), inside, (all, count, value) => {
        const given = { a: 0.5, b: 0.5 };
        const belief = betaBelief(given);
        const mean = Math.max(...all.map((one) => belief.reach({ count, mean: one, deviations: 0 }).mean));
        const bound = belief.chanceAbove(value, count, { mean, scale: 0 });
        const exact = all.map((one) => {
          const { a, b } = betaPosterior(given, { count, mean: one, deviations: 0 });
          return betaTail(a, b, value);
        });
        expect(Math.max(...exact)).toBeCloseTo(bound, 9);
      }),
      options,
    );
  });

  it("is drawn from as all draws beyond a value are, and as often", () => {
    const observed = momentsOf([0.2, 0.9, 1, 0, 0.4]);
    const [bound, wider] = [0.7, 1.4];
    const belief = betaBelief({ a: 0.5, b: 0.5 });
    const chance = wider * belief.chanceAbove(bound, 5, belief.reach(observed));
    const beyond = sample((random) => belief.draw(observed, random), 10).filter((x) => x > bound);
    const drawn = sample((random) => belief.drawAbove(bound, chance, observed, random), 11);
    const tail = drawn.filter((x) => x > bound);
    expect(Math.min(...drawn)).toBeLessThanOrEqual(bound);
    expect(kolmogorovSmirnov(beyond.slice(0, 4000), tail.slice(0, 4000))).toBeGreaterThan(alpha);
    const [all, within] = [beyond.length / size, (chance * tail.length) / size];
    expect(Math.abs(all - within)).toBeLessThan(4 * Math.sqrt(all / size));
  });
});

describe("draws", () => {
  it("of Student's t follow its distribution where that is known in closed form", () => {
    const one = sample((random) => drawStudentT(1, random), 4);
    expect(kolmogorovSmirnovAgainst(one, (x) => 0.5 + Math.atan(x) / Math.PI)).toBeGreaterThan(alpha);
    const two = sample((random) => drawStudentT(2, random), 5);
    expect(kolmogorovSmirnovAgainst(two, (x) => 0.5 + x / (2 * Math.sqrt(2 + x * x)))).toBeGreaterThan(alpha);
    expect(kolmogorovSmirnovAgainst(two, (x) => 0.5 + Math.atan(x) / Math.PI)).toBeLessThan(alpha);
  });

  it("of the beta distribution follow the arcsine law, and powers, where they should", () => {
    const arcsine = sample((random) => drawBeta(0.5, 0.5, random), 6);
    expect(kolmogorovSmirnovAgainst(arcsine, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeGreaterThan(alpha);
    const power = sample((random) => drawBeta(3, 1, random), 7);
    expect(kolmogorovSmirnovAgainst(power, (x) => x ** 3)).toBeGreaterThan(alpha);
  });

  it("of the longest radii are those of all, beyond a bound", () => {
    const [freedom, bound] = [3, 1.5];
    const share = chanceOfRadius(freedom, bound);
    const beyond = sample((random) => drawStudentT(freedom, random), 8).filter((x) => x > bound);
    const tail = sample((random) => drawStudentT(freedom, random, share), 9).filter((x) => x > bound);
    expect(kolmogorovSmirnov(beyond, tail)).toBeGreaterThan(alpha);
    const [all, within] = [beyond.length / size, (share * tail.length) / size];
    expect(Math.abs(all - within)).toBeLessThan(4 * Math.sqrt(all / size));
  });

  it("are never more likely above a value than the bound of a wider reach says", () => {
    const value = fc.double({ min: -2, max: 4, noNaN: true });
    const more = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(prior, rewards, value, more, more, (before, list, above, further, wider) => {
        const { mean, kappa, nu, tauSquared } = normalPosterior(before, momentsOf(list));
        const exact = chanceOfRadius(nu, (above - mean) / Math.sqrt(tauSquared / kappa));
        const belief = gaussianBelief(before);
        const reach = belief.reach(momentsOf(list));
        expect(belief.chanceAbove(above, list.length, reach)).toBeCloseTo(exact, 9);
        const wide = { mean: reach.mean + further, scale: reach.scale + wider };
        expect(belief.chanceAbove(above, list.length, wide)).toBeGreaterThanOrEqual(exact - 1e-9);
      }),
      options,
    );
  });
});
