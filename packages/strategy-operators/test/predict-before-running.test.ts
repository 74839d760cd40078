import fc from "fast-check";
import type { Candidate, Solve } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { predictBeforeRunning } from "../src/index.ts";
import { valid } from "./scores.ts";

interface Case {
  /** Of the candidates, in their order. */
  readonly codes: readonly string[];
  /** What the judge says of the scripts A and B. */
  readonly judge: (a: string, b: string) => string;
  readonly bothOrders?: boolean;
  readonly seed?: number;
}

const run = async ({ codes, judge, bothOrders = false, seed = 1 }: Case) => {
  const made: Candidate[] = [];
  const coder: Solve = async () => {
    const code = codes[made.length] ?? "";
    const candidate: Candidate = code === "" ? { plan: "", code, defect: "no-code" } : { plan: code, code };
    made.push(candidate);
    return candidate;
  };
  const pairs: (readonly [string, string])[] = [];
  const { journal, executor, backend } = await play({
    limits: { steps: 1 },
    seed,
    strategies: [predictBeforeRunning.create({ n: codes.length, judge: "judge", bothOrders }, undefined)],
    names: ["predict-before-running"],
    coder,
    evaluators: [valid],
    reply: ({ messages }) => {
      const [, slots = "{}"] = messages
        .map(({ content }) => content)
        .join("\n")
        .split("\n");
      const { first = "", second = "" } = JSON.parse(slots) as Record<string, string>;
      pairs.push([first, second]);
      return judge(first, second);
    },
  });
  const [outcome] = journal.outcomes;
  return {
    chosen: outcome?.chosen?.candidate.code,
    notes: outcome?.notes["predict-before-running"],
    ran: executor.scripts.map(({ code }) => code),
    calls: backend.requests.length,
    pairs,
  };
};

const greatest = (a: string, b: string): string => `The longer one learns more.\n\n**Better: ${a > b ? "A" : "B"}**`;

describe("predict-before-running", () => {
  it("always runs what the judge prefers, and nothing else, whatever the order it is shown", async () => {
    const codes = fc.uniqueArray(fc.integer({ min: 10, max: 99 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(codes, fc.integer({ min: 1, max: 50 }), fc.boolean(), async (numbers, seed, bothOrders) => {
        const made = numbers.map((number) => `x = ${number}`);
        const played = await run({ codes: made, judge: greatest, seed, bothOrders });
        const best = `x = ${Math.max(...numbers)}`;
        expect(played.chosen).toBe(best);
        expect(played.ran).toEqual([best]);
        expect(played.calls).toBe((numbers.length - 1) * (bothOrders ? 2 : 1));
        expect(played.notes).toMatchObject([{ candidates: numbers.length, picked: made.indexOf(best) }]);
      }),
      { numRuns: 30 },
    );
  });

  it("shows either of a pair first, by chance", async () => {
    const seeds = Array.from({ length: 20 }, (_, at) => at);
    const firsts = await Promise.all(
      seeds.map(async (seed) => (await run({ codes: ["x = 1", "x = 2"], judge: greatest, seed })).pairs[0]?.[0]),
    );
    expect(new Set(firsts)).toEqual(new Set(["x = 1", "x = 2"]));
  });

  it("asks in both orders where that is wanted, and keeps the earlier one where the answers contradict", async () => {
    const alwaysFirst = () => "Better: A";
    for (const seed of [1, 2, 3, 4, 5]) {
      const played = await run({ codes: ["x = 1", "x = 2"], judge: alwaysFirst, bothOrders: true, seed });
      expect(new Set(played.pairs.map(String))).toEqual(new Set(["x = 1,x = 2", "x = 2,x = 1"]));
      expect(played.chosen).toBe("x = 1");
      expect(played.notes).toMatchObject([{ preferred: ["neither"], picked: 0 }]);
    }
  });

  it.each(["I cannot say.", "", "Better: C", "<think>Better: B\nBetter: A", "A is better than B in some ways"])(
    "keeps the first where no answer can be read: %s",
    async (answer) => {
      for (const seed of [1, 2, 3]) {
        const played = await run({ codes: ["x = 1", "x = 2"], judge: () => answer, seed });
        expect(played.chosen).toBe("x = 1");
      }
    },
  );

  it.each(["Better: b", "Reason.\nBetter: Script B.", "B", "Better: A\nNo.\nBetter: B"])("reads %j", async (answer) => {
    const played = await run({ codes: ["x = 1", "x = 2"], judge: () => answer });
    expect(played.chosen).toBe(played.pairs[0]?.[1]);
  });

  it("never asks about the same program twice, or about no program", async () => {
    for (const codes of [
      ["x = 1", "x = 1"],
      ["", "x = 1"],
      ["x = 1", "", "x = 1"],
    ]) {
      const played = await run({ codes, judge: greatest });
      expect(played).toMatchObject({ calls: 0, chosen: "x = 1", ran: ["x = 1"] });
    }
    const again = await run({ codes: ["x = 2", "x = 2", "x = 1"], judge: greatest });
    expect(again).toMatchObject({ calls: 1, notes: [{ preferred: [expect.any(String)], picked: 0 }] });
    expect((await run({ codes: ["", ""], judge: greatest })).calls).toBe(0);
  });
});
