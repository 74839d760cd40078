import { describe, expect, it } from "vitest";
import { anytimeOf, decompositionOf, transitionsOf, type CellOutcome } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, graded } from "../outcomes/outcomes.ts";

const tokens = (answer: number) => ({ prompt: 0, cached: 0, reasoning: 0, answer });
const of = (id: string, score: number) => ({ id, grade: { valid: true as const, value: 1, useful: score > 0, score } });

/** A draft of 0.5, an improvement to 0.8 that the search took for worse, a step that failed, and a last run on all rows. */
const outcome = (arm: string, rest: Partial<CellOutcome> = {}): CellOutcome => ({
  ...cell(arm, 0, graded(1, 0.6)),
  grades: { final: { valid: true, value: 1, useful: true, score: 0.6 }, solutions: [of("0-1", 0.5), of("1-1", 0.8)] },
  steps: [
    { operator: "draft", from: undefined, chosen: "0-1", valid: true },
    { operator: "improve", from: "0-1", chosen: "1-1", valid: true },
    { operator: "improve", from: "1-1", chosen: "2-1", valid: false },
  ],
  course: [
    { step: 1, tokens: tokens(100), chosen: "0-1" },
    { step: 2, tokens: tokens(250), chosen: "0-1" },
    { step: 3, tokens: tokens(400), chosen: "0-1" },
  ],
  ...rest,
});

describe("where a score comes from", () => {
  it("is the best of all, less what choosing lost, and what the last run added", () => {
    expect(decompositionOf("baseline", [outcome("baseline"), outcome("reflection", { course: [] })])).toEqual({
      arm: "baseline",
      cells: 1,
      oracle: 0.8,
      chosen: 0.5,
      regret: expect.closeTo(0.3, 9),
      coverage: 1,
      refit: expect.closeTo(0.1, 9),
    });
    expect(decompositionOf("planner", [])).toBeUndefined();
  });

  it("shows what operators made of what they started from", () => {
    expect(transitionsOf("baseline", [outcome("baseline"), outcome("baseline")])).toEqual([
      { arm: "baseline", operator: "improve", solutions: 4, better: 2, worse: 0, invalid: 2 },
    ]);
  });

  it("is followed over tokens: nothing before the first draft, the chosen solution's score then", () => {
    const plan = planOf("/nowhere");
    const other = outcome("baseline", { course: [{ step: 1, tokens: tokens(200), chosen: "1-1" }], seed: 1 });
    const anytime = anytimeOf(plan, [outcome("baseline"), other])!;
    expect(anytime.tokens).toHaveLength(41);
    expect([anytime.tokens[0], anytime.tokens.at(-1)]).toEqual([0, 400]);
    const { mean } = anytime.curves[0]!.band;
    expect([mean[0], mean[15], mean[40]]).toEqual([0, 0.25, 0.65]);
    expect(anytimeOf(plan, [cell("baseline", 0)])).toBeUndefined();
  });
});
