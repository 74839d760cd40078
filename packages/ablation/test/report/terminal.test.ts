import { describe, expect, it } from "vitest";
import { analyse, renderAnalysis, statementOf, type CellOutcome, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, failed, frozen, graded } from "../outcomes/outcomes.ts";

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
    const lines = renderAnalysis(plan, analyse(plan, outcomes), frozen);
    expect(lines[0]).toBe(
      "small: 2 arms, 9 tasks, 2 seeds; report score from the trivial predictor (0) to the best reference (1)",
    );
    expect(lines.join("\n")).toMatch(/^reflection +0\.505 +100 % +100 % +50 % +0 +0\.0 +0 of 18 +0$/m);
    const broken = outcomes.map((one, at) => (at === 1 ? { ...one, ending: failed("infrastructure"), lost: 3 } : one));
    expect(renderAnalysis(plan, analyse(plan, broken), frozen)[0]).toBe(
      "Infrastructure ended 3 attempts of baseline, 15 % of them: comparisons with it are in doubt.",
    );
  });

  it("says when the plan was frozen, which seeds came later, and where the setup was not the frozen one", () => {
    const plan = planFor(9);
    const made = {
      version: "0.0.0",
      models: "code: small",
      python: "Python 3.11.7",
      hardware: "2 cores",
      exploratory: "another prompt",
    };
    const outcomes = outcomesOf(plan, 0.1).map((one, at) => (at === 0 ? { ...one, made } : one));
    const lines = renderAnalysis(plan, analyse(plan, outcomes), { ...frozen, added: [4, 5] });
    expect(lines[0]).toBe("Exploratory: on task 0 the setup was not the frozen one, so nothing here is a test of it.");
    expect(lines.slice(-2)).toEqual([
      "The plan was frozen on 2026-11-29T12:00:00.000Z by aide 0.0.0, before the first cell; its digest is 0123456789abcdef.",
      "The seeds 4, 5 were added when results could be seen: what they change is exploratory.",
    ]);
  });

  it("shows medals in place of usefulness where there is a leaderboard, and the chance of one among several seeds", () => {
    const plan = planFor(9);
    const outcomes = outcomesOf(plan, 0.1).map((one) => ({
      ...one,
      grades: one.grades && {
        ...one.grades,
        final: {
          valid: true as const,
          value: 1,
          useful: true,
          score: 0.5,
          leaderboard: { aboveMedian: true, anyMedal: one.arm === "reflection" && one.seed === 0 },
        },
      },
    }));
    const text = renderAnalysis(plan, analyse(plan, outcomes), frozen).join("\n");
    expect(text).toMatch(/^arm +score +valid +above median +any medal/m);
    expect(text).toMatch(/^reflection +0\.500 +100 % +100 % +50 %/m);
    expect(text).toMatch(/^any medal among +1 seed +2 seeds$/m);
    expect(text).toMatch(/^reflection +50 % +100 %$/m);
  });
});
