import { drawScores, drawsFrom } from "@aide-ts/statistics";
import { describe, expect, it } from "vitest";
import { analyse, statementOf, type CellOutcome, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, failed, graded } from "../outcomes/outcomes.ts";

const contrasts = [
  { name: "reflection − baseline", coefficients: [-1, 1, 0] },
  { name: "planner − baseline", coefficients: [-1, 0, 1] },
];

const planFor = (tasks: number, seeds: number, rest: Partial<Plan> = {}): Plan =>
  planOf("/nowhere", {
    tasks: Array.from({ length: tasks }, (_, at) => ({ name: `task ${at}`, values: {} })),
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    arms: ["baseline", "reflection", "planner"].map((name) => ({ name, change: {} })),
    contrasts,
    outcome: "report-score",
    ...rest,
  });

/** Reflection is better by as much; planner does what the baseline does. */
const outcomesOf = (plan: Plan, effect: number, drawn = 1): readonly CellOutcome[] => {
  const size = { tasks: plan.tasks.length, seeds: plan.seeds.length };
  const variation = { betweenTasks: 0.03, shared: 0.05, cell: 0.05 };
  const scores = drawScores(size, [0.4, 0.4 + effect, 0.4], variation, drawsFrom(drawn));
  return plan.tasks.flatMap(({ name: task }, t) =>
    plan.arms.flatMap(({ name: arm }, a) =>
      plan.seeds.map((seed) => ({
        ...cell(arm, seed, graded(1, scores[t]![a]![seed])),
        task,
        draft: arm === "planner" ? `${task} ${seed} planned` : `${task} ${seed}`,
      })),
    ),
  );
};

describe("the analysis of an ablation", () => {
  it("shows a difference that is there, with interval and corrected p, and none that is not", () => {
    const plan = planFor(12, 4);
    const { arms, results } = analyse(plan, outcomesOf(plan, 0.1));
    const [shown, nothing] = results;
    expect(shown?.claim).toMatchObject({ kind: "tested", tasks: 12 });
    if (shown?.claim.kind !== "tested" || nothing?.claim.kind !== "tested") throw new Error("refused");
    expect(shown.claim.adjustedP).toBeLessThan(0.05);
    expect(shown.claim.t.interval[0]).toBeLessThan(0.1);
    expect(shown.claim.t.interval[1]).toBeGreaterThan(0.1);
    expect(shown.claim.simultaneous[0]).toBeLessThan(shown.claim.t.interval[0]);
    expect(nothing.claim.adjustedP).toBeGreaterThan(0.05);
    expect(shown.posterior?.positive).toBeGreaterThan(0.99);
    expect(arms.map(({ arm, score }) => [arm, score])).toEqual([
      ["baseline", expect.closeTo(0.4, 1)],
      ["reflection", expect.closeTo(0.5, 1)],
      ["planner", expect.closeTo(0.4, 1)],
    ]);
  });

  it("pairs cells of arms that share their drafts, and no others", () => {
    const plan = planFor(7, 3);
    const outcomes = outcomesOf(plan, 0.1);
    expect(analyse(plan, outcomes).results.map(({ theseTasks }) => theseTasks?.by)).toEqual(["pairs", "labels"]);
    const own = planFor(7, 3, { drafts: "own" });
    expect(analyse(own, outcomes).results.map(({ theseTasks }) => theseTasks?.by)).toEqual(["labels", "labels"]);
  });

  it("pairs cells that ended one search, whatever they share of drafts, if all did", () => {
    const plan = planFor(7, 3, { drafts: "own" });
    const outcomes = outcomesOf(plan, 0.1).map((one) => ({ ...one, folder: `${one.task}/${one.folder}` }));
    const ended = outcomes.map((one) =>
      one.arm === "reflection" ? { ...one, searchOf: `${one.task}/baseline/${one.seed}` } : one,
    );
    const [shared, other] = analyse(plan, ended).results;
    expect([shared?.theseTasks?.by, shared?.inCommon]).toEqual(["pairs", "search"]);
    expect([other?.theseTasks?.by, other?.inCommon]).toEqual(["labels", undefined]);
    expect(statementOf(shared!, plan)).toContain("(cells of one search paired, uncorrected)");
    const some = ended.map((one, at) => (at % 2 === 0 ? one : outcomes[at]!));
    expect(analyse(plan, some).results[0]?.theseTasks?.by).toBe("labels");
    // Two arms that ended the search of a third.
    const both = outcomes.map((one) => ({ ...one, searchOf: `${one.task}/other/${one.seed}` }));
    expect(analyse(plan, both).results.map(({ inCommon }) => inCommon)).toEqual(["search", "search"]);
  });

  it("pairs cells that begin with the same program where arms share their steps, whoever asks a model first", () => {
    const outcomes = outcomesOf(planFor(7, 3), 0.1).map((one) => ({
      ...one,
      draft: `${one.task} ${one.seed} ${one.arm}`,
      firstProgram: one.arm === "planner" ? "another" : "as it is",
    }));
    const by = (rest: Partial<Plan>) => analyse(planFor(7, 3, rest), outcomes).results.map((one) => one.theseTasks?.by);
    expect(by({ steps: "shared" })).toEqual(["pairs", "labels"]);
    expect(by({})).toEqual(["labels", "labels"]);
  });

  it("claims nothing of tasks like these below the fewest tasks, and still compares on these", () => {
    const plan = planFor(5, 3);
    const [result] = analyse(plan, outcomesOf(plan, 0.3)).results;
    expect(result?.claim).toEqual({ kind: "refused", contrast: "reflection − baseline", tasks: 5, needed: 7 });
    expect(result?.theseTasks?.comparison.p).toBeLessThan(0.01);
  });

  it("says the same whatever the order of outcomes", () => {
    const plan = planFor(8, 2);
    const outcomes = outcomesOf(plan, 0.1);
    expect(analyse(plan, outcomes.toReversed())).toEqual(analyse(plan, outcomes));
  });

  it("counts what is missing and what infrastructure took, by arm", () => {
    const plan = planFor(8, 2);
    const outcomes = outcomesOf(plan, 0.1).map((one, at) =>
      one.arm === "planner" && at % 2 === 0
        ? { ...one, grades: undefined, ending: failed("infrastructure"), lost: 3 }
        : one,
    );
    const [baseline, , planner] = analyse(plan, outcomes).arms;
    expect(baseline).toMatchObject({ cells: 16, missing: 0, lost: 0, lostShare: 0 });
    expect(planner).toMatchObject({ cells: 16, missing: 8, lost: 24, lostShare: 0.75 });
  });

  it("looks after whole blocks of seeds alone, and widens its intervals for it", () => {
    const plan = planFor(12, 4, { sequential: { shape: "obrien-fleming", futility: 0.1 } });
    const outcomes = outcomesOf(plan, 0.1);
    const half = outcomes.filter(({ seed, arm }) => seed < 2 || (seed === 2 && arm === "baseline"));
    const early = analyse(plan, half);
    expect(early.scores[0]![0]).toHaveLength(2);
    const [result] = early.results;
    const fixed = analyse({ ...planFor(12, 2) }, half).results[0];
    if (result?.claim.kind !== "tested" || fixed?.claim.kind !== "tested") throw new Error("refused");
    expect(result.claim.t.estimate).toBe(fixed.claim.t.estimate);
    expect(result.claim.t.interval[0]).toBeLessThan(fixed.claim.t.interval[0]);
    expect(result.claim.t.p).toBeGreaterThan(fixed.claim.t.p);
  });
});
