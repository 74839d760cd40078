import { describe, expect, it } from "vitest";
import { analyse, renderAnalysis, statementOf, type CellOutcome, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, failed, graded } from "../outcomes/outcomes.ts";

const planFor = (tasks: number): Plan =>
  planOf("/nowhere", {
    tasks: Array.from({ length: tasks }, (_, at) => ({ name: `task ${at}`, values: {} })),
    outcome: "report-score",
  });

/** By so much better, more or less. */
const outcomesOf = (plan: Plan, better: number): readonly CellOutcome[] =>
  plan.tasks.flatMap(({ name: task }, t) =>
    plan.arms.flatMap(({ name: arm }, a) =>
      plan.seeds.map((seed) => ({
        ...cell(arm, seed, graded(1, 0.4 + a * (better + (t % 3) * 0.01 - 0.01) + 0.01 * seed)),
        task,
        draft: `${task} ${seed}`,
      })),
    ),
  );

const statements = (plan: Plan, better: number): string =>
  analyse(plan, outcomesOf(plan, better))
    .results.map((result) => statementOf(result, plan))
    .join("\n");

describe("the report of an ablation", () => {
  it("states a claim with its interval and p, or that the data cannot tell", () => {
    expect(statements(planFor(9), 0.1)).toBe(
      "reflection − baseline. On tasks like these the score is higher: difference 0.100, 95 % interval [0.093, 0.107], p < 0.001 after Holm, 9 tasks. On these very tasks: 0.100, [0.096, 0.104], p < 0.001 (cells of one draft paired, uncorrected).",
    );
    expect(statements(planFor(9), 0.002)).toContain(
      "The data cannot tell whether the score differs on tasks like these",
    );
    expect(statements(planFor(3), 0.1)).toContain(
      "On tasks like these nothing is claimed: 3 tasks are too few for the contrasts declared, 6 are the fewest.",
    );
  });

  it("shows each arm, and says first whose cells infrastructure took", () => {
    const plan = planFor(9);
    const outcomes = outcomesOf(plan, 0.1);
    const lines = renderAnalysis(plan, analyse(plan, outcomes));
    expect(lines[0]).toBe(
      "small: 2 arms, 9 tasks, 2 seeds; report score from the trivial predictor (0) to the best reference (1)",
    );
    expect(lines.join("\n")).toMatch(/^reflection +0\.505 +100 % +100 % +50 % +0 +0\.0 +0 of 18 +0$/m);
    const broken = outcomes.map((one, at) => (at === 1 ? { ...one, ending: failed("infrastructure"), lost: 3 } : one));
    expect(renderAnalysis(plan, analyse(plan, broken))[0]).toBe(
      "Infrastructure ended 3 attempts of baseline, 15 % of them: comparisons with it are in doubt.",
    );
  });
});
