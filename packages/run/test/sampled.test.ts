import type { Outcome, Solution } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { sampledLine } from "../src/report/sampled.ts";

const solution = (id: string, value: number, parents: readonly string[] = []): Solution => {
  const score = { value, source: "held-out" as const };
  return {
    id,
    proposal: 0,
    parents,
    candidate: { plan: "", code: id },
    evaluation: { valid: true, score, scores: [score], feedback: "" },
  };
};

/** Improvements of one solution: what was found of each on a sample, and its score. */
const line = (steps: readonly (readonly [picked: number, value: number])[], direction: "maximize" | "minimize") => {
  const first = solution("first", 10);
  const made = steps.map(([, value], at) => solution(String(at), value, ["first"]));
  const outcomes = made.map((chosen, at): Outcome => ({
    number: at + 1,
    proposal: { operator: "improve", parents: ["first"], memory: [], guidance: [] },
    solutions: [chosen],
    chosen,
    notes: { "successive-halving": [{ candidates: 2, gains: [] }, { picked: steps[at]?.[0] ?? 0 }] },
  }));
  return sampledLine({ task: { goal: "", metric: "m", direction }, outcomes, solutions: [first, ...made] });
};

describe("what was found on a sample, beside what the run found", () => {
  it("is their rank correlation, whichever way scores are better", () => {
    const better = [1, 2, 3, 4, 5].map((gain) => [gain, 10 + gain ** 2] as const);
    expect(line(better, "maximize")).toMatch(/^5 improvements .*: 1\.00$/);
    expect(line(better, "minimize")).toMatch(/: -1\.00$/);
    expect(line(better.with(0, [1, 99]), "maximize")).toMatch(/: 0\.00$/);
  });

  it("says nothing of few, of equal ones, or where nothing was compared", () => {
    expect(line([[1, 9]], "maximize")).toBe("1 improvement was chosen on a sample");
    expect(
      line(
        Array.from({ length: 6 }, () => [1, 9] as const),
        "maximize",
      ),
    ).toMatch(/: always the same$/);
    expect(line([], "maximize")).toBeUndefined();
  });
});
