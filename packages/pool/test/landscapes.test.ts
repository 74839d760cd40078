import { seededRandom } from "@aide-ts/core";
import type { Random } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { landscapes, type Spot } from "../src/index.ts";
import { buggy, buggyParameters } from "../src/landscapes/buggy.ts";
import { capped, cappedParameters } from "../src/landscapes/capped.ts";
import { noisy, noisyParameters } from "../src/landscapes/noisy.ts";
import { smooth, smoothParameters } from "../src/landscapes/smooth.ts";
import { fuzzRuns } from "./fuzz.ts";

const large = 4000;
const many = <T>(make: (random: Random) => T, random = seededRandom("many")): readonly T[] =>
  Array.from({ length: large }, () => make(random));

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
/** Standard errors within which a figure of a large sample must lie: by chance it leaves them once in 16,000 times. */
const within = 4 / Math.sqrt(large);

const worthOf = ({ seen }: Spot): number => (seen.valid ? seen.worth : Number.NaN);
const scoreOf = ({ seen }: Spot): number => (seen.valid ? seen.score : Number.NaN);
const isValid = ({ seen }: Spot): boolean => seen.valid;
const shareOf = (spots: readonly Spot[], holds: (spot: Spot) => boolean): number =>
  spots.filter(holds).length / spots.length;

/** A valid draft. */
const sound = (random: Random): Spot => {
  let spot = buggy.draft(random);
  while (!spot.seen.valid) spot = buggy.draft(random);
  return spot;
};

const walk = fc.record({
  seed: fc.nat(),
  operators: fc.array(fc.constantFrom("improve", "debug", "crossover"), { maxLength: 40 }),
});

describe.each(landscapes)("the landscape $name", ({ direction, optimum, median, draft }) => {
  it("never passes its optimum, names every spot anew, and repeats with a seed", () => {
    const along = ({ seed, operators }: { seed: number; operators: readonly string[] }): readonly Spot[] => {
      const random = seededRandom("walk", seed);
      const spots = [draft(random)];
      for (const operator of operators) spots.push(spots.at(-1)!.child(operator, random));
      return spots;
    };
    fc.assert(
      fc.property(walk, (given) => {
        const spots = along(given);
        expect(new Set(spots.map(({ name }) => name)).size).toBe(spots.length);
        for (const { seen } of spots)
          if (seen.valid)
            expect(direction === "minimize" ? seen.worth - optimum : optimum - seen.worth).toBeGreaterThanOrEqual(0);
        expect(along(given).map(({ name, seen }) => ({ name, seen }))).toEqual(
          spots.map(({ name, seen }) => ({ name, seen })),
        );
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("has half of its valid drafts on either side of the median", () => {
    const below = shareOf(
      many(draft).filter(({ seen }) => seen.valid),
      (spot) => worthOf(spot) < median,
    );
    expect(Math.abs(below - 0.5)).toBeLessThan(2 * within);
  });
});

describe("smooth", () => {
  it("scatters children around their parent, with a drift to the worse", () => {
    const parent = smooth.draft(seededRandom("parent"));
    const changes = many((random) => Math.log(worthOf(parent.child("improve", random)) / worthOf(parent)));
    const { drift, step } = smoothParameters;
    expect(Math.abs(mean(changes) - drift)).toBeLessThan(step * within);
    expect(deviation(changes)).toBeCloseTo(step, 1);
  });
});

describe("capped", () => {
  it("keeps each lineage under a ceiling of its own, which it comes near", () => {
    const reached = Array.from({ length: 20 }, (_, seed) => {
      const random = seededRandom("lineage", seed);
      let spot = capped.draft(random);
      let best = spot;
      for (let at = 0; at < 200; at++) {
        const child = spot.child("improve", random);
        if (worthOf(child) > worthOf(spot)) spot = child;
        if (worthOf(spot) > worthOf(best)) best = spot;
      }
      return worthOf(best);
    });
    const [low, high] = cappedParameters.ceiling;
    expect(Math.min(...reached)).toBeGreaterThan(low * 0.99);
    expect(Math.max(...reached)).toBeLessThanOrEqual(high);
    expect(deviation(reached)).toBeGreaterThan((high - low) / 10);
  });
});

describe("noisy", () => {
  it("shows the worth with an unbiased error", () => {
    const errors = many(noisy.draft).map((spot) => scoreOf(spot) - worthOf(spot));
    const { noise } = noisyParameters;
    expect(Math.abs(mean(errors))).toBeLessThan(noise * within);
    expect(Math.abs(deviation(errors) / noise - 1)).toBeLessThan(2 * within);
  });

  it("is the only one whose score is not the worth", () => {
    for (const landscape of landscapes)
      expect(many(landscape.draft).some((spot) => spot.seen.valid && scoreOf(spot) !== worthOf(spot))).toBe(
        landscape === noisy,
      );
  });
});

describe("buggy", () => {
  const { draftFails, changeFails, repairable, repaired } = buggyParameters;

  it("fails as often as it says, in drafts and in changes", () => {
    expect(Math.abs(shareOf(many(buggy.draft), isValid) - (1 - draftFails))).toBeLessThan(within);
    const parent = sound(seededRandom("sound"));
    const children = many((random) => parent.child("improve", random));
    expect(Math.abs(shareOf(children, isValid) - (1 - changeFails))).toBeLessThan(within);
  });

  it("lets debugging repair a share of the failures, and some never", () => {
    const failures = many(buggy.draft).filter(({ seen }) => !seen.valid);
    const random = seededRandom("repairs");
    const tries = 40;
    const once = shareOf(failures, (spot) => isValid(spot.child("debug", random)));
    expect(Math.abs(once - repairable * repaired)).toBeLessThan(2 * within);
    const ever = shareOf(failures, (spot) =>
      Array.from({ length: tries }, () => spot.child("debug", random)).some(isValid),
    );
    expect(Math.abs(ever - repairable)).toBeLessThan(2 * within);
  });
});
