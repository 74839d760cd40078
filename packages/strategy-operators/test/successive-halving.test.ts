import fc from "fast-check";
import type { Candidate, Solve } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { successiveHalving } from "../src/index.ts";
import { improvements } from "./searches.ts";
import { valid } from "./scores.ts";

type Gain = { readonly gain: number; readonly error: number; readonly folds: number } | { readonly why: string };

interface Case {
  /** Of each round of candidates of one improvement: their scripts, and what is found of them. */
  readonly rounds: readonly { readonly codes: readonly string[]; readonly gains?: readonly Gain[] }[];
  readonly n?: number;
  readonly output?: string;
  readonly evaluators?: readonly (typeof valid)[];
}

const gained = (gain: number, folds = 5): Gain => ({ gain, error: 0.1, folds });

const run = async ({ rounds, n = rounds[0]?.codes.length ?? 1, output, evaluators = [valid] }: Case) => {
  const codes = rounds.flatMap((round) => round.codes);
  let asked = 0;
  const coder: Solve = async ({ operator }) => {
    if (operator === "draft") return { plan: "", code: "before = 1" };
    const code = codes[asked] ?? "";
    asked += 1;
    const candidate: Candidate = code === "" ? { plan: "", code, defect: "no-code" } : { plan: "", code };
    return candidate;
  };
  let compared = 0;
  const { journal, executor } = await play({
    limits: { steps: 2 },
    search: () => improvements(),
    strategies: [successiveHalving.create({ n, again: rounds.length - 1, rows: 100, folds: 5, seconds: 7 }, undefined)],
    names: ["successive-halving"],
    coder,
    evaluators,
    run: ({ files }) => {
      if (files === undefined) return { output: "ran" };
      const { gains = [] } = rounds[compared] ?? {};
      compared += 1;
      return { output: output ?? `noise\nhalving:${JSON.stringify({ kind: "ranked", gains })}\n` };
    },
  });
  const comparisons = executor.scripts.flatMap(({ files }) => (files === undefined ? [] : [files]));
  const [, improvement] = journal.outcomes;
  return {
    asked,
    comparisons,
    chosen: improvement?.chosen?.candidate.code,
    notes: improvement?.notes["successive-halving"],
    ran: executor.scripts.flatMap(({ files, code }) => (files === undefined ? [code] : [])),
  };
};

describe("successive-halving", () => {
  it("always runs the candidate with the largest gain, and no other one", async () => {
    const gains = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(gains, async (values) => {
        const codes = values.map((value) => `x = ${value}`);
        const played = await run({ rounds: [{ codes, gains: values.map((value) => gained(value)) }] });
        expect(played.chosen).toBe(`x = ${Math.max(...values)}`);
        expect(played.ran).toEqual(["before = 1", played.chosen]);
      }),
      { numRuns: 20 },
    );
  });

  it("compares scripts with the one that they improve, in one program", async () => {
    const { comparisons, notes } = await run({
      rounds: [{ codes: ["x = 1", "x = 2"], gains: [gained(0.5), { why: "KeyError: 'a'" }] }],
    });
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]?.["candidate.py"]).toBe("before = 1");
    expect(JSON.parse(comparisons[0]?.["options.json"] ?? "")).toMatchObject({
      scripts: ["x = 1", "x = 2"],
      rows: 100,
      folds: 5,
      seconds: 7,
      metric: "rmse",
    });
    expect(notes).toEqual([{ candidates: 2, gains: [gained(0.5), { why: "KeyError: 'a'" }] }, { picked: 0.5 }]);
  });

  it("asks for more where none is better, and runs the best of all", async () => {
    const first = { codes: ["x = 1", "x = 2"], gains: [gained(-0.2), gained(0)] };
    const better = await run({ rounds: [first, { codes: ["x = 3", "x = 4"], gains: [gained(-1), gained(0.1)] }] });
    expect(better).toMatchObject({ asked: 4, chosen: "x = 4" });
    const worse = await run({ rounds: [first, { codes: ["x = 3", "x = 4"], gains: [gained(-1), gained(-2)] }] });
    expect(worse).toMatchObject({ asked: 4, chosen: "x = 2" });
    const enough = await run({ rounds: [{ ...first, gains: [gained(0.1), gained(0)] }, first] });
    expect(enough).toMatchObject({ asked: 2, chosen: "x = 1" });
  });

  it("takes what stayed for better than what was left out early", async () => {
    const gains = [gained(0.5, 1), gained(0.2), gained(0.4, 3)];
    expect(await run({ rounds: [{ codes: ["x = 1", "x = 2", "x = 3"], gains }] })).toMatchObject({ chosen: "x = 2" });
  });

  it("asks again where all failed, and runs the first where there is no other", async () => {
    const failed = { codes: ["x = 1"], gains: [{ why: "KeyError: 'a'" }] };
    const again = await run({ rounds: [failed, { codes: ["x = 2"], gains: [gained(-0.1)] }] });
    expect(again).toMatchObject({ asked: 2, chosen: "x = 2" });
    expect(await run({ rounds: [failed, { ...failed, codes: ["x = 2"] }] })).toMatchObject({ chosen: "x = 1" });
    expect(await run({ rounds: [{ codes: [""] }] })).toMatchObject({ chosen: "", comparisons: [] });
  });

  it.each([
    ["cannot be compared", `halving:${JSON.stringify({ kind: "none", why: "the script fits no model" })}\n`],
    ["are not compared to the end", "Killed\n"],
  ])("runs the first where candidates %s, and asks for no more", async (_what, output) => {
    const round = { codes: ["x = 1", "x = 2"] };
    const played = await run({ rounds: [round, round], output });
    expect(played).toMatchObject({ asked: 2, chosen: "x = 1", notes: [{ why: expect.any(String) }] });
  });

  it("compares each program once, and none without code", async () => {
    const { comparisons } = await run({
      rounds: [{ codes: ["x = 1", "", "x = 1", "x = 2"], gains: [gained(1), gained(2)] }],
    });
    expect(JSON.parse(comparisons[0]?.["options.json"] ?? "")).toMatchObject({ scripts: ["x = 1", "x = 2"] });
  });

  it("leaves all but improvements of valid solutions to the next strategy", async () => {
    const failing = {
      evaluate: async () => ({ valid: false, cause: "exception", feedback: "", scores: [] }) as const,
    };
    const played = await run({ rounds: [{ codes: ["x = 1", "x = 2"] }], evaluators: [failing] });
    expect(played).toMatchObject({ asked: 1, comparisons: [], chosen: "x = 1", notes: undefined });
  });
});
