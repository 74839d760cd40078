import { expect, it } from "vitest";
import { compareGroups, renderCompared, type CellOutcome, type Group } from "../../src/index.ts";
import { cell, graded as gradedAs } from "../outcomes/outcomes.ts";

/** Runs of one task, by seed, with their report scores. */
const runs = (arm: string, task: string, scores: Readonly<Record<number, number>>): readonly CellOutcome[] =>
  Object.entries(scores).map(([seed, score]) => cell(arm, Number(seed), { task, ...gradedAs(score, score) }));

const group = (name: string, ...outcomes: readonly (readonly CellOutcome[])[]): Group => ({
  name,
  outcomes: outcomes.flat(),
});

it("runs are paired where task and seed agree, and differences are of tasks", () => {
  const before = group("before", runs("before", "one", { 0: 0.5, 1: 0.7, 9: 0 }), runs("before", "two", { 0: 0.2 }));
  const after = group("after", runs("after", "one", { 0: 0.6, 1: 0.8, 4: 1 }), runs("after", "two", { 0: 0.5 }));
  const { differences, groups, tasks, outcome } = compareGroups([before, after]);
  expect(outcome).toBe("report-score");
  expect(groups.map(({ made }) => made)).toEqual([4, 4]);
  expect(tasks.map(({ name }) => name)).toEqual(["one", "two"]);
  // 0.1 on one task and 0.3 on the other.
  expect(differences).toEqual([
    { group: "after", pairs: 3, tasks: 2, estimate: expect.closeTo(0.2), error: expect.closeTo(0.1) },
  ]);
  expect(renderCompared(compareGroups([before, after])).at(-2)).toBe(
    "after − before: 0.200 ± 0.100 (2 tasks, 3 pairs of one task and seed)",
  );
});

it("without a seed in common the means of tasks are compared; without a task nothing is", () => {
  const one = group("one", runs("one", "a", { 0: 0.2, 1: 0.4 }), runs("one", "b", { 0: 0.1 }));
  const other = group("other", runs("other", "a", { 5: 0.5 }), runs("other", "b", { 5: 0.6 }));
  const third = group("third", runs("third", "c", { 0: 1 }));
  const { differences } = compareGroups([one, other, third]);
  expect(differences).toEqual([
    { group: "other", pairs: 0, tasks: 2, estimate: expect.closeTo(0.35), error: expect.closeTo(0.15) },
    { group: "third", pairs: 0, tasks: 0, estimate: undefined, error: undefined },
  ]);
  expect(renderCompared(compareGroups([one, third]))).toContain("third − one: no task in common");
});

it("where not all were graded, runs are ranked by what their searches saw", () => {
  const graded = group("graded", runs("graded", "a", { 0: 0.9 }));
  const not = group("not", [cell("not", 0, { task: "a", searchScore: 0.1 })]);
  const compared = compareGroups([
    { ...graded, outcomes: graded.outcomes.map((one) => ({ ...one, searchScore: 0.3, direction: "minimize" })) },
    not,
  ]);
  expect(compared.outcome).toBe("search-score");
  expect(compared.tasks).toEqual([{ name: "a", scores: [0.5, 1] }]);
  expect(renderCompared(compared)[0]).toContain("`aide grade`");
});
