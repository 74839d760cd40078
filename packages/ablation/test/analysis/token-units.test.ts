import { expect, it } from "vitest";
import { otherUnitsOf } from "../../src/analysis/token-units.ts";
import { unitsText } from "../../src/report/units-text.ts";
import { analyse, type CellOutcome, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell } from "../outcomes/outcomes.ts";

const plan: Plan = planOf("/nowhere", { seeds: [0], tokens: "generated", outcome: "report-score" });

const grade = (score: number) => ({ valid: true as const, value: score, useful: true, score });

/** Answers of 100 tokens each; what each was asked with, and what would have been submitted after it. */
const run = (arm: string, prompt: number, scores: readonly number[]): CellOutcome => {
  const tokens = (answers: number) => ({ prompt: prompt * answers, cached: 0, reasoning: 0, answer: 100 * answers });
  const ids = scores.map((_, at) => `${at}-1`);
  return cell(arm, 0, {
    grades: {
      final: grade(scores.at(-1) ?? 0),
      solutions: scores.map((score, at) => ({ id: ids[at] ?? "", grade: grade(score) })),
    },
    course: scores.map((_, at) => ({ step: at + 1, tokens: tokens(at + 1), chosen: ids[at] })),
    ledger: { uses: [], total: tokens(scores.length), lost: 0, executions: 0, executorSeconds: 0, cost: undefined },
  });
};

it("a difference that comes of longer prompts changes its sign where these are counted", () => {
  // Reflection is better with as many answers, which it was asked for with ten times the prompts.
  const outcomes = [run("baseline", 100, [0.2, 0.4, 0.5, 0.5]), run("reflection", 1000, [0.1, 0.3, 0.6, 0.7])];
  const [uncached, all] = otherUnitsOf(plan, outcomes);
  expect(uncached).toMatchObject({ unit: "generated-and-uncached", tokens: 800, estimates: [-0.5] });
  expect(all?.reversed).toMatchObject([{ contrast: "reflection − baseline", own: { tokens: 400 } }]);
  const [text = ""] = unitsText(plan, analyse(plan, outcomes));
  expect(text).toBe(
    "reflection − baseline changes its sign with the tokens that are counted: had each arm stopped where the one that used fewest did, it would be 0.200 at 400 generated tokens of a cell, and −0.500 at 800 generated and uncached prompt tokens.",
  );
});

it("where it does not, that is reported once", () => {
  const outcomes = [run("baseline", 100, [0.2, 0.4]), run("reflection", 100, [0.3, 0.7])];
  expect(unitsText(plan, analyse(plan, outcomes))).toEqual([
    "No difference changes its sign at equal generated and uncached prompt tokens, or at equal generated and prompt tokens.",
  ]);
  expect(unitsText(plan, analyse(plan, [cell("baseline", 0), cell("reflection", 0)]))).toEqual([]);
});
