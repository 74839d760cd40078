import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  factorialEffects,
  fewestTasks,
  labelPermutations,
  pairedT,
  signFlips,
  type Comparison,
  type Levels,
} from "../src/index.ts";

const score = fc.double({ min: -1, max: 1, noNaN: true }).map((value) => Number(value.toFixed(4)));
const scores = fc.array(score, { minLength: 4, maxLength: 20 });
const paired = fc.array(fc.record({ difference: score, weight: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 4,
  maxLength: 20,
});
const stratum = fc.record({
  treated: fc.array(score, { minLength: 2, maxLength: 5 }),
  control: fc.array(score, { minLength: 2, maxLength: 5 }),
  weight: fc.constant(1),
});
const strata = fc.array(stratum, { minLength: 3, maxLength: 6 });

/** Each test, of data to which a shift of the treated and a change of places can be done. */
const tests: readonly {
  readonly name: string;
  readonly numRuns: number;
  readonly cases: fc.Arbitrary<(shift: number, sign: 1 | -1) => Comparison>;
}[] = [
  {
    name: "Student's t",
    numRuns: 200,
    cases: scores.map((d) => (shift, sign) => pairedT(d.map((one) => sign * (one + shift)))),
  },
  {
    name: "the sign-flip",
    numRuns: 60,
    cases: paired.map(
      (d) => (shift, sign) =>
        signFlips([d.map(({ difference, weight }) => ({ difference: sign * (difference + shift), weight }))], {
          seed: 1,
        })[0]!,
    ),
  },
  {
    name: "the permutation of labels",
    numRuns: 15,
    cases: strata.map(
      (s) => (shift, sign) =>
        labelPermutations(
          [
            s.map(({ treated, control, weight }) => ({
              treated: treated.map((one) => sign * (one + shift)),
              control: control.map((one) => sign * one),
              weight,
            })),
          ],
          { seed: 1 },
        )[0]!,
    ),
  },
];

describe.each(tests)("$name", ({ cases, numRuns }) => {
  it("always has its estimate in its interval, and a p between 0 and 1", () => {
    fc.assert(
      fc.property(cases, (test) => {
        const { estimate, p, interval } = test(0, 1);
        expect(interval[0]).toBeLessThanOrEqual(estimate + 1e-9);
        expect(interval[1]).toBeGreaterThanOrEqual(estimate - 1e-9);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
      { numRuns },
    );
  });

  it("never rejects a difference inside its interval, always one outside", () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (test, inside) => {
        const { interval } = test(0, 1);
        const [low, high] = interval;
        if (!Number.isFinite(low + high) || high - low < 1e-3) return;
        expect(test(-(low + inside * (high - low)), 1).p).toBeGreaterThan(0.05);
        expect(test(-(low - inside * 1e-2 - 1e-6), 1).p).toBeLessThanOrEqual(0.05);
        expect(test(-(high + inside * 1e-2 + 1e-6), 1).p).toBeLessThanOrEqual(0.05);
      }),
      { numRuns },
    );
  });

  it("always says the same of arms that change places, with the other sign", () => {
    fc.assert(
      fc.property(cases, (test) => {
        const one = test(0, 1);
        const other = test(0, -1);
        expect(other.estimate).toBeCloseTo(-one.estimate, 9);
        expect(other.p).toBeCloseTo(one.p, 9);
        expect(other.interval[0]).toBeCloseTo(-one.interval[1], 9);
      }),
      { numRuns },
    );
  });
});

it("comparisons that are made together are what each is alone, however large they are", () => {
  const drawing = { seed: 1, relabellings: 99 };
  const alone = <T>(test: (data: readonly T[], how: typeof drawing) => readonly Comparison[], data: readonly T[]) =>
    data.flatMap((one) => test([one], drawing));
  fc.assert(
    fc.property(fc.array(paired, { maxLength: 6 }), fc.array(strata, { maxLength: 6 }), (flips, labels) => {
      expect(signFlips(flips, drawing)).toEqual(alone(signFlips, flips));
      expect(labelPermutations(labels, drawing)).toEqual(alone(labelPermutations, labels));
    }),
    { numRuns: 50 },
  );
});

it("arms that do the same everywhere are never distinguished", () => {
  const zeros = Array(8).fill(0);
  const none = { estimate: 0, p: 1, interval: [0, 0] };
  expect(pairedT(zeros)).toMatchObject(none);
  expect(signFlips([zeros.map((difference) => ({ difference, weight: 1 }))], { seed: 1 })).toMatchObject([none]);
  const ones = [1, 1, 1, 1];
  expect(labelPermutations([[{ treated: ones, control: ones, weight: 1 }]], { seed: 1 })).toMatchObject([none]);
});

describe("the fewest tasks for a claim", () => {
  it("are 7 for three contrasts and 9 for seven", () => {
    expect([1, 3, 7].map((contrasts) => fewestTasks(contrasts))).toEqual([6, 7, 9]);
  });

  it("are always just enough for signs that all agree to pass Holm", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (contrasts) => {
        const tasks = fewestTasks(contrasts);
        expect(2 ** (1 - tasks) * contrasts).toBeLessThanOrEqual(0.05);
        expect(2 ** (2 - tasks) * contrasts).toBeGreaterThan(0.05);
      }),
    );
  });
});

describe("effects of a factorial design", () => {
  const axis = (name: string, levels: number): readonly Levels[] =>
    Array.from({ length: levels }, (_, level) => ({ [name]: `${name}${level}` }));
  const crossed = (...axes: readonly (readonly Levels[])[]): readonly Levels[] =>
    axes.reduce<readonly Levels[]>(
      (arms, levels) => arms.flatMap((arm) => levels.map((level) => ({ ...arm, ...level }))),
      [{}],
    );

  it("are always recovered from means that are made of them", () => {
    const sizes = fc.record({ a: fc.integer({ min: 2, max: 3 }), b: fc.integer({ min: 2, max: 3 }) });
    fc.assert(
      fc.property(sizes, fc.array(score, { minLength: 16, maxLength: 16 }), (size, drawn) => {
        const arms = crossed(axis("a", size.a), axis("b", size.b));
        const mainA = (level: number): number => (level === 0 ? 0 : drawn[level]!);
        const mainB = (level: number): number => (level === 0 ? 0 : drawn[4 + level]!);
        const means = arms.map(({ a, b }) => mainA(Number(a!.slice(1))) + mainB(Number(b!.slice(1))) + drawn[15]!);
        for (const { name, kind, coefficients } of factorialEffects(arms)) {
          expect(coefficients.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 9);
          const value = coefficients.reduce((sum, one, arm) => sum + one * means[arm]!, 0);
          const [, letter, level] = /^([ab]): [ab](\d)/.exec(name)!;
          const wanted = kind === "interaction" ? 0 : letter === "a" ? mainA(Number(level)) : mainB(Number(level));
          expect(value).toBeCloseTo(wanted, 9);
        }
      }),
    );
  });

  it("are averaged over those combinations alone that have both levels", () => {
    const arms = crossed(axis("a", 2), axis("b", 2)).filter(({ a, b }) => !(a === "a1" && b === "b1"));
    expect(factorialEffects(arms)).toEqual([
      { name: "a: a1 − a0", kind: "main effect", coefficients: [-1, 0, 1] },
      { name: "b: b1 − b0", kind: "main effect", coefficients: [-1, 1, 0] },
    ]);
  });
});
