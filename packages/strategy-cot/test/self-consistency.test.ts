import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Evaluator } from "@aide-ts/plugin";
import { medoid } from "../src/self-consistency/predictions.ts";
import { selfConsistency } from "../src/index.ts";
import { backendFailure, type Staged } from "@aide-ts/testing";
import { block, once } from "./chain.ts";

/** Scripts are `x = N`; N is the score, and negative ones are invalid. */
const numberIn = (code: string): number => Number(/-?\d+/.exec(code)?.[0]);
const scoring: Evaluator = {
  async evaluate({ candidate }) {
    const value = numberIn(candidate.code);
    if (value < 0) return { valid: false, cause: "exception", scores: [], feedback: "no" };
    const score = { value, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: "yes" };
  },
};

const chosenOf = async (
  select: "agreement" | "first-success" | "best-score",
  scripts: readonly number[],
  submissions: Readonly<Record<number, string>> = {},
) => {
  let next = 0;
  const played = await once([selfConsistency.create({ samples: scripts.length, select }, undefined)], {
    reply: () => block(`x = ${scripts[next++]}`),
    evaluators: [scoring],
    run: ({ code }) => {
      const submission = submissions[numberIn(code)];
      return submission === undefined ? {} : { files: { "submission/submission.csv": submission } };
    },
  });
  const [outcome] = played.journal.outcomes;
  return {
    chosen: numberIn(outcome?.chosen?.candidate.code ?? ""),
    made: outcome?.solutions.length,
    notes: outcome?.notes,
  };
};

describe("self-consistency", () => {
  it("takes the sample whose predictions lie nearest to all others', whatever it scores", async () => {
    const csv = (...values: readonly number[]) => `id,y\n${values.map((value, id) => `${id},${value}`).join("\n")}\n`;
    const submissions = { 1: csv(9, 9, 0, 0), 2: csv(1, 2, 3, 4), 3: csv(1, 2, 3, 5) };
    expect(await chosenOf("agreement", [1, 2, 3], submissions)).toMatchObject({ chosen: 2, made: 3 });
  });

  it("compares labels row by row", async () => {
    const csv = (labels: string) => `id,label\n${[...labels].map((label, id) => `${id},${label}`).join("\n")}\n`;
    expect(await chosenOf("agreement", [1, 2, 3], { 1: csv("aabb"), 2: csv("bbbb"), 3: csv("abbb") })).toMatchObject({
      chosen: 3,
    });
  });

  it("falls back on the first valid one where nothing was submitted, and on the first where none is valid", async () => {
    expect(await chosenOf("agreement", [-1, 5, 6])).toMatchObject({ chosen: 5 });
    expect(await chosenOf("agreement", [-1, -2])).toMatchObject({ chosen: -1 });
  });

  it("stops at the first success where it is asked to", async () => {
    expect(await chosenOf("first-success", [-1, 7, 3])).toMatchObject({ chosen: 7, made: 2 });
  });

  it("makes do with the samples that came where a server fails", async () => {
    const failing: Staged["reply"] = (_, { number }) =>
      number === 1 ? backendFailure("AIDE_BACKEND_FAILED", false) : block("x = 3");
    const strategies = [selfConsistency.create({ samples: 3, select: "best-score" }, undefined)];
    const { journal } = await once(strategies, { reply: failing });
    expect(journal.outcomes[0]?.cut).toBeUndefined();
    expect(journal.outcomes[0]?.notes).toMatchObject({ s0: [{ samples: 2 }] });
  });

  it("takes the best score where it is asked to", async () => {
    expect(await chosenOf("best-score", [-1, 7, 3])).toMatchObject({
      chosen: 3,
      notes: { s0: [{ samples: 3, valid: 2, chosen: 2 }] },
    });
  });
});

const cells = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }).map(String), fc.constantFrom("a", "b", "")), {
  minLength: 4,
  maxLength: 4,
});
const predictions = fc.tuple(fc.constant(["1", "2", "3", "4"]), cells);

describe("the medoid of submissions", () => {
  it("is one of a majority that agrees", () => {
    fc.assert(
      fc.property(predictions, fc.array(predictions, { maxLength: 2 }), fc.nat(2), (same, others, at) => {
        const all = [...others.slice(0, at), same, same, same, ...others.slice(at)];
        expect(all[medoid(all) ?? -1]).toEqual(same);
      }),
      { numRuns: 500 },
    );
  });

  it("is one of a majority beside numbers that spread and labels that half agree", () => {
    const column = (...values: readonly string[]) => [values];
    const same = column("0", "0", "0", "0");
    const all = [column("0", "-13", "-16", "0"), same, same, same, column("a", "0", "a", "0")];
    expect(all[medoid(all) ?? -1]).toEqual(same);
  });

  it("does not depend on the unit that a column is in", () => {
    const cell = fc.integer({ min: -50, max: 50 });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 4, maxLength: 4 });
    const submission = (pairs: readonly (readonly [number, number])[], unit: number) => [
      pairs.map(([cell]) => String(cell)),
      pairs.map(([, cell]) => String(cell * unit)),
    ];
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 10 }), (all, power) => {
        const inUnit = (unit: number) => medoid(all.map((pairs) => submission(pairs, unit)));
        expect(inUnit(2 ** power)).toBe(inUnit(1));
      }),
    );
  });

  it("is not moved by one with other rows or columns, nor one of those", () => {
    const [odd, low, middle, high] = [[["9"]], [["1", "2"]], [["1", "3"]], [["1", "9"]]];
    expect(medoid([odd, low, middle, high])).toBe(2);
    expect(
      medoid([
        [
          ["9", "9"],
          ["9", "9"],
        ],
        low,
        middle,
        high,
      ]),
    ).toBe(2);
  });

  it("is none of nothing", () => {
    expect(medoid([])).toBeUndefined();
  });
});
