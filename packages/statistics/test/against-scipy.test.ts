import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";
import { hierarchical, holm, labelPermutations, pairedT, passAtK, signFlips } from "../src/index.ts";

const score = fc.oneof(
  fc.integer({ min: -4, max: 4 }).map((quarter) => quarter / 4),
  fc.double({ min: -1, max: 1, noNaN: true }).map((value) => Number(value.toFixed(4))),
);
const varied = (least: number, most: number): fc.Arbitrary<number[]> =>
  fc.array(score, { minLength: least, maxLength: most }).filter((values) => new Set(values).size > 1);
const sampled = <T>(of: fc.Arbitrary<T>, numRuns: number): readonly T[] => fc.sample(of, { numRuns, seed: 20 });

const cases = {
  paired_t: sampled(fc.record({ differences: varied(3, 40) }), 200),
  sign_flip: sampled(fc.record({ differences: varied(6, 7) }), 15),
  label_permutation: sampled(fc.record({ treated: varied(4, 6), control: varied(4, 6) }), 40),
  holm: sampled(
    fc.record({ p: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }) }),
    100,
  ),
  pass_at_k: sampled(
    fc
      .integer({ min: 1, max: 40 })
      .chain((n) => fc.record({ n: fc.constant(n), c: fc.nat({ max: n }), k: fc.integer({ min: 1, max: n }) })),
    200,
  ),
  hierarchical: sampled(
    varied(4, 12).chain((estimates) =>
      fc.record({
        estimates: fc.constant(estimates),
        errors: fc.array(fc.double({ min: 0.05, max: 0.5, noNaN: true }), {
          minLength: estimates.length,
          maxLength: estimates.length,
        }),
      }),
    ),
    30,
  ),
};

/** What the libraries make of each case, in order. */
let wanted: { readonly [Kind in keyof typeof cases]: readonly Readonly<Record<string, number>>[] };
let holmWanted: readonly { readonly p: readonly number[] }[];

beforeAll(async () => {
  const python = await findScriptsPython();
  const child = spawn(python, ["-B", fileURLToPath(new URL("reference.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(cases));
  const answers = JSON.parse(await text(child.stdout));
  wanted = answers;
  holmWanted = answers.holm;
}, 60_000);

describe("equal to scipy and statsmodels on random inputs:", () => {
  it("Student's t, its p and its interval", () => {
    for (const [at, { differences }] of cases.paired_t.entries()) {
      const { p, low, high, t } = wanted.paired_t[at]!;
      const found = pairedT(differences);
      expect(found.statistic).toBeCloseTo(t!, 9);
      expect(found.p).toBeCloseTo(p!, 9);
      expect(found.interval).toEqual([expect.closeTo(low!, 9), expect.closeTo(high!, 9)]);
    }
  });

  it("the sign-flip over all signs, and its interval", () => {
    for (const [at, { differences }] of cases.sign_flip.entries()) {
      const { p, low, high } = wanted.sign_flip[at]!;
      const found = signFlips([differences.map((difference) => ({ difference, weight: 1 }))], { seed: 1 })[0]!;
      expect(found.p).toBeCloseTo(p!, 9);
      expect(found.interval).toEqual([expect.closeTo(low!, 9), expect.closeTo(high!, 9)]);
    }
  });

  it("the permutation of labels, within what its draws leave open", () => {
    for (const [at, one] of cases.label_permutation.entries()) {
      const exact = wanted.label_permutation[at]!["p"]!;
      const { p } = labelPermutations([[{ ...one, weight: 1 }]], { seed: 1 })[0]!;
      expect(Math.abs(p - exact)).toBeLessThan(5 * Math.sqrt(exact / 20_000) + 1e-3);
    }
  });

  it("Holm's correction", () => {
    for (const [at, { p }] of cases.holm.entries())
      expect(holm(p)).toEqual(holmWanted[at]!.p.map((one) => expect.closeTo(one, 12)));
  });

  it("pass at k", () => {
    for (const [at, { n, c, k }] of cases.pass_at_k.entries())
      expect(passAtK(n, c, k)).toBeCloseTo(wanted.pass_at_k[at]!["chance"]!, 9);
  });

  it("the hierarchical model, integrated numerically", () => {
    for (const [at, { estimates, errors }] of cases.hierarchical.entries()) {
      const { mean, positive } = wanted.hierarchical[at]!;
      const posterior = hierarchical(estimates.map((estimate, task) => ({ estimate, standardError: errors[task]! })));
      expect(posterior.mean).toBeCloseTo(mean!, 3);
      expect(posterior.positive).toBeCloseTo(positive!, 3);
    }
  });
});
