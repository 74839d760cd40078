import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readPlan } from "../../src/index.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aide-ablation-"));
});

const planOf = (yaml: string, name = "small.yaml") => {
  writeFileSync(join(folder, name), yaml);
  return readPlan(join(folder, name));
};

const two = `
tasks: [hitters, tabular-small/chile, ./mine]
seeds: 3
arms:
  baseline: {}
  reflection: { strategies: [reflection] }
`;

describe("the plan of an ablation", () => {
  it("has tasks, seeds from 0, arms, and each arm against the first", async () => {
    expect(await planOf(two)).toMatchObject({
      name: "small",
      tasks: [
        { name: "hitters", values: { task: "hitters" } },
        { name: "tabular-small/chile", values: { task: "tabular-small/chile" } },
        { name: "mine", values: { task: join(folder, "mine") } },
      ],
      seeds: [0, 1, 2],
      arms: [
        { name: "baseline", change: {} },
        { name: "reflection", change: { strategies: ["reflection"] } },
      ],
      contrasts: [{ name: "reflection − baseline", coefficients: [-1, 1] }],
      outcome: "report-score",
      tokens: "generated-and-uncached",
    });
  });

  it("shares all steps or none of them: a first draft is one", async () => {
    expect(await planOf(`${two}steps: shared\n`)).toMatchObject({ steps: "shared", drafts: "shared" });
    expect(await planOf(two)).not.toHaveProperty("steps");
    await expect(planOf(`${two}steps: shared\ndrafts: own\n`)).rejects.toThrow("leave out drafts: own");
  });

  it("tests two levels of an axis in the mean over the others, and interactions by their names", async () => {
    const { contrasts } = await planOf(`
tasks: [a]
seeds: 1
axes:
  model: { small: {}, large: { slots: 2 } }
  strategy: { none: {}, planner: { strategies: [plan-then-code] }, reflection: { strategies: [reflection] } }
exclude: [{ model: large, strategy: planner }]
contrasts:
  - "strategy: reflection - planner"
  - "model: large × strategy: reflection"
  - small + reflection - small + none
`);
    // Of small + none, planner, reflection and large + none, reflection: where there is no planner, there is nothing to compare it with.
    expect(contrasts).toEqual([
      { name: "strategy: reflection − planner", coefficients: [0, -1, 1, 0, 0] },
      { name: "model: large × strategy: reflection", coefficients: [1, 0, -1, -1, 1] },
      { name: "small + reflection − small + none", coefficients: [-1, 0, 1, 0, 0] },
    ]);
    await expect(planOf(`${two}contrasts: ["strategy: reflection - none"]`)).rejects.toMatchObject({
      code: "AIDE_ABLATION_CONTRAST",
    });
  });

  it("lets arms differ in how many parts of the rows are held back in turn", async () => {
    const { arms } = await planOf("tasks: [a]\nseeds: 1\narms: { one: {}, folds: { holdout: { folds: 5 } } }");
    expect(arms[1]).toMatchObject({ name: "folds", change: { holdout: { folds: 5 } } });
  });

  it("joins the strategies of several axes to one chain", async () => {
    const { arms } = await planOf(`
tasks: [a]
seeds: 1
axes:
  critic: { off: { strategies: [static-repair] }, on: { strategies: [static-repair, reflection] } }
  sampling: { one: {}, three: { strategies: [self-consistency] } }
`);
    expect(arms.map(({ change }) => change["strategies"])).toEqual([
      ["static-repair"],
      ["static-repair", "self-consistency"],
      ["static-repair", "reflection"],
      ["static-repair", "reflection", "self-consistency"],
    ]);
  });

  it("follows files of the base and of arms, their paths meant from where they stand", async () => {
    mkdirSync(join(folder, "parts"));
    writeFileSync(
      join(folder, "parts", "base.yaml"),
      "extends: ../budget.yaml\nprompts: { coder/draft: ./draft.md }\n",
    );
    writeFileSync(join(folder, "budget.yaml"), "budget: { steps: 4 }\n");
    writeFileSync(join(folder, "parts", "arm.yaml"), "strategies: [plan-then-code]\n");
    const plan = await planOf(`
base: { extends: ./parts/base.yaml, slots: 2 }
tasks: [{ name: mine, data_dir: ./data, goal: Predict y, eval: RMSE }]
seeds: [4, 9]
arms: { one: {}, other: ./parts/arm.yaml }
`);
    expect(plan.base).toEqual({
      budget: { steps: 4 },
      slots: 2,
      prompts: { "coder/draft": join(folder, "parts", "draft.md") },
    });
    expect(plan.tasks).toEqual([
      { name: "mine", values: { data_dir: join(folder, "data"), goal: "Predict y", eval: "RMSE" } },
    ]);
    expect(plan.arms[1]).toEqual({ name: "other", change: { strategies: ["plan-then-code"] } });
    expect(plan.seeds).toEqual([4, 9]);
  });

  it("crosses axes, leaves out what is excluded, and asks for all effects", async () => {
    const plan = await planOf(`
tasks: [hitters]
seeds: 1
axes:
  search: { greedy: { search: greedy }, uct: { search: uct } }
  reflection: { off: {}, on: { strategies: [reflection] } }
exclude: [{ search: uct, reflection: on }]
`);
    expect(plan.arms.map(({ name }) => name)).toEqual(["greedy + off", "greedy + on", "uct + off"]);
    expect(plan.arms[1]).toMatchObject({
      change: { search: "greedy", strategies: ["reflection"] },
      levels: { search: "greedy", reflection: "on" },
    });
    expect(plan.contrasts.map(({ name }) => name)).toEqual(["search: uct − greedy", "reflection: on − off"]);
  });

  it("takes contrasts between arms whose names hold hyphens", async () => {
    const plan = await planOf(`
tasks: [hitters]
seeds: 1
arms: { self-debug: {}, a - b: { slots: 2 }, c: { slots: 3 } }
contrasts: [a - b - self-debug, c - a - b]
`);
    expect(plan.contrasts).toEqual([
      { name: "a - b − self-debug", coefficients: [-1, 1, 0] },
      { name: "c − a - b", coefficients: [0, -1, 1] },
    ]);
  });
});

describe("what is no plan is refused, with what is wrong:", () => {
  const arms = "arms: { one: {}, other: { slots: 2 } }";
  it.each([
    ["no tasks", `tasks: []\nseeds: 1\n${arms}`, "AIDE_ABLATION_INVALID", "tasks"],
    ["no seeds", `tasks: [a]\nseeds: 0\n${arms}`, "AIDE_ABLATION_INVALID", "seeds"],
    ["a seed twice", `tasks: [a]\nseeds: [1, 2, 1]\n${arms}`, "AIDE_ABLATION_INVALID", "the seed 1 stands twice"],
    ["a task twice", `tasks: [a, b, a]\nseeds: 1\n${arms}`, "AIDE_ABLATION_INVALID", 'the task "a" stands twice'],
    [
      "looks with too few tasks",
      `tasks: [a, b, c, d, e]\nseeds: 4\nsequential: {}\n${arms}`,
      "AIDE_ABLATION_INVALID",
      "sequential looks need 6 tasks for 1 contrast, and there are 5",
    ],
    ["one arm", "tasks: [a]\nseeds: 1\narms: { one: {} }", "AIDE_ABLATION_INVALID", "fewer than two arms"],
    ["neither arms nor axes", "tasks: [a]\nseeds: 1", "AIDE_ABLATION_INVALID", "fewer than two arms"],
    [
      "arms and axes",
      `tasks: [a]\nseeds: 1\n${arms}\naxes: { x: { y: {} } }`,
      "AIDE_ABLATION_INVALID",
      "arms and axes",
    ],
    ["an arm's name twice", "tasks: [a]\nseeds: 1\narms:\n  one: {}\n  one: {}", "AIDE_CONFIG_UNREADABLE", ""],
    ["an arm like another", "tasks: [a]\nseeds: 1\narms: { one: {}, other: {} }", "AIDE_ABLATION_ARM", 'of "one"'],
    ["an arm with a task", "tasks: [a]\nseeds: 1\narms: { one: {}, other: { task: b } }", "AIDE_ABLATION_ARM", "task"],
    [
      "an arm with a budget",
      "tasks: [a]\nseeds: 1\narms: { one: {}, other: { budget: { steps: 9 } } }",
      "AIDE_ABLATION_ARM",
      "budget",
    ],
    [
      "an arm with other rows held back",
      "tasks: [a]\nseeds: 1\narms: { one: {}, other: { holdout: { folds: 5, fraction: 0.1 } } }",
      "AIDE_ABLATION_ARM",
      "holdout",
    ],
    ["a misspelt key", `tasks: [a]\nseed: 1\n${arms}`, "AIDE_ABLATION_INVALID", 'did you mean "seeds"'],
    [
      "a contrast of no arm",
      `tasks: [a]\nseeds: 1\n${arms}\ncontrasts: [otter - one]`,
      "AIDE_ABLATION_CONTRAST",
      'did you mean "other"',
    ],
    [
      "a contrast of one arm",
      `tasks: [a]\nseeds: 1\n${arms}\ncontrasts: [one]`,
      "AIDE_ABLATION_CONTRAST",
      "no two arms",
    ],
    [
      "an exclusion of no level",
      "tasks: [a]\nseeds: 1\naxes: { x: { y: {}, z: {} } }\nexclude: [{ x: w }]",
      "AIDE_ABLATION_INVALID",
      "x: w",
    ],
    [
      "a file that is not there",
      `base: ./nowhere.yaml\ntasks: [a]\nseeds: 1\n${arms}`,
      "AIDE_CONFIG_NOT_FOUND",
      "nowhere",
    ],
    [
      "a file that extends itself",
      `base: { extends: ./small.yaml }\ntasks: [a]\nseeds: 1\n${arms}`,
      "AIDE_CONFIG_CIRCULAR",
      "",
    ],
  ])("%s", async (_what, yaml, code, message) => {
    await expect(planOf(yaml)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
