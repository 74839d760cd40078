import { describe, expect, it } from "vitest";
import { mismatchesOf, type CellOutcome } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell } from "../outcomes/outcomes.ts";

const setting = { data: "d", models: "m", packages: "p", hardware: "h", version: "1" };
const plan = planOf("/nowhere", {
  arms: [
    { name: "baseline", change: {} },
    { name: "reflection", change: { strategies: ["reflection"] } },
    { name: "larger", change: { backend: { model: "large" } } },
  ],
});

const outcomes = (change: (arm: string, seed: number) => Partial<typeof setting>): readonly CellOutcome[] =>
  plan.arms.flatMap(({ name }) =>
    plan.seeds.map((seed) => ({ ...cell(name, seed), setting: { ...setting, ...change(name, seed) } })),
  );

describe("cells that are compared", () => {
  it("may differ in their model where an arm says so, and in nothing else", () => {
    expect(
      mismatchesOf(
        plan,
        outcomes((arm) => (arm === "larger" ? { models: "l" } : {})),
      ),
    ).toEqual([]);
  });

  it("agree where some were not begun", () => {
    expect(mismatchesOf(plan, [cell("baseline", 0), ...outcomes(() => ({})).slice(1)])).toEqual([]);
  });

  it("are reported where the predictions of their solutions are gone", () => {
    const grade = { valid: false, brief: "workspace cleaned" } as const;
    const graded = cell("baseline", 0, { grades: { final: grade, solutions: [{ id: "0-1", grade }] } });
    const none = cell("baseline", 1, {
      grades: { final: grade, solutions: [{ id: "0-1", grade: { valid: false, brief: "no submission" } }] },
    });
    expect(mismatchesOf(plan, [graded, none])).toEqual([
      "the workspaces of 1 of 2 cells were gone when they were graded: their solutions but the last one count as not valid",
    ]);
  });

  it.each<[string, (arm: string, seed: number) => Partial<typeof setting>, RegExp]>([
    ["data", (arm) => (arm === "larger" ? { data: "e" } : {}), /^the data of line are not the same/],
    [
      "models within an arm",
      (_arm, seed) => (seed === 1 ? { models: "q" } : {}),
      /^cells of baseline were made by models that differ/,
    ],
    [
      "models of arms that say nothing of them",
      (arm) => (arm === "reflection" ? { models: "q" } : {}),
      /^baseline, reflection name no other model, but were made by different ones$/,
    ],
    ["packages", (_arm, seed) => (seed === 1 ? { packages: "q" } : {}), /^scripts had other Python packages/],
    ["hardware", (arm) => (arm === "baseline" ? { hardware: "i" } : {}), /^cells were made on different hardware$/],
    [
      "versions",
      (arm) => (arm === "baseline" ? { version: "2" } : {}),
      /^cells were made by different versions of aide$/,
    ],
  ])("are not compared silently with other %s", (_what, change, sentence) => {
    const [first] = mismatchesOf(plan, outcomes(change));
    expect(first).toMatch(sentence);
  });
});
