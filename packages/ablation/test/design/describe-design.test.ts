import { beforeEach, describe, expect, it } from "vitest";
import { cellsOf, checkArms, describeDesign, describePower, makeCells, type Plan } from "../../src/index.ts";
import { optionsOf, planOf, temporary, writeData } from "../made-up.ts";

const planFor = (tasks: number, rest: Partial<Plan> = {}): Plan =>
  planOf("/nowhere", {
    tasks: Array.from({ length: tasks }, (_, at) => ({ name: `task-${at}`, values: {} })),
    ...rest,
  });

it("what a design can find is simulated", () => {
  const lines = describePower(planFor(12)).join("\n");
  const [, detectable] = /a difference of (0\.\d\d) is shown in 80 %/.exec(lines)!;
  // Of a paired t with 11 degrees of freedom and a standard error of 0.061.
  expect(Number(detectable)).toBeGreaterThan(0.16);
  expect(Number(detectable)).toBeLessThan(0.23);
  expect(lines).toMatch(/reflection − baseline: one of 0\.1 in 3\d %/);
});

it("one with too few tasks can claim nothing, and says how many it needs", () => {
  expect(describePower(planFor(4)).join("\n")).toContain(
    "power    none: 4 tasks are too few to claim anything of tasks like these; 6 are the fewest for 1 contrast",
  );
});

it("one that stops once it knows says with how many of its cells", () => {
  const plan = planFor(12, { seeds: [0, 1, 2, 3], sequential: { shape: "obrien-fleming", futility: 0.1 } });
  const [, cells] = /with (\d+) % of the cells/.exec(describePower(plan).join("\n"))!;
  expect(Number(cells)).toBeLessThan(95);
});

describe("a design", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporary();
    writeData(folder);
  });

  const described = async (plan: Plan): Promise<string> => {
    const { file, host, root } = optionsOf(folder, plan);
    const opened = await checkArms(plan, file, host);
    return (await describeDesign({ plan, opened, root, jobs: 2 })).join("\n");
  };

  const planWith = (base: Plan["base"]): Plan => {
    const plan = planOf(folder);
    return { ...plan, base: { ...plan.base, ...base } };
  };

  it("that asks no model makes no call", async () => {
    const plan = planWith({ coder: { form: "defaults" } });
    const arms = [plan.arms[0]!, { name: "folds", change: { holdout: { folds: 5 } } }];
    expect(await described({ ...plan, arms })).toMatch(/^folds +≤ \d+ +0 +0 +none$/m);
  });

  it("is described with its cells, calls, tokens and cost", async () => {
    const prices = { scripted: { prompt: 1, answer: 4 } };
    const backend = { use: "scripted", model: "scripted" };
    const lines = await described(planWith({ backend, prices, budget: { steps: 4, tokens: 6000 } }));
    expect(lines).toContain("small: 2 arms × 1 task × 2 seeds = 4 cells\n");
    expect(lines).toMatch(/^reflection +\{"strategies":\[\{"use":"reflection"\}\]\}$/m);
    expect(lines).toMatch(/^cells +baseline +reflection\nline +2 +2$/m);
    // A call that starts may use 2,048 tokens, and an answer can be continued once.
    expect(lines).toMatch(/^baseline +≤ 4 +1 to 8 +4 to 6,000 +≤ 0.0240$/m);
    expect(lines).toContain("in all   16 to 24,000 generated tokens");
    expect(lines).toContain("time     unknown before the first cells are made");
  });

  it("of which cells were made says how long the others will take", { timeout: 60_000 }, async () => {
    const plan = planWith({ budget: { steps: 1 } });
    const [first] = cellsOf(plan);
    await makeCells(first === undefined ? [] : [first], optionsOf(folder, plan), () => undefined);
    const lines = await described(plan);
    expect(lines).toContain("2 (1 made)");
    expect(lines).toMatch(/^time +\d+ s a cell, of the 1 that were made; 0\.0 h for the other 3, 2 at a time$/m);
  });
});
