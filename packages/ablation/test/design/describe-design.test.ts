import { expect, it } from "vitest";
import { describeDesign, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";

const planFor = (tasks: number, rest: Partial<Plan> = {}): Plan =>
  planOf("/nowhere", {
    tasks: Array.from({ length: tasks }, (_, at) => ({ name: `task-${at}`, values: {} })),
    base: { budget: { tokens: 6000 } },
    ...rest,
  });

it("a design is described with its cells, its tokens and what it can find", () => {
  const lines = describeDesign(planFor(12)).join("\n");
  expect(lines).toContain("small: 2 arms × 12 tasks × 2 seeds = 48 cells\n");
  expect(lines).toMatch(/^reflection +\{"strategies":\[\{"use":"reflection"\}\]\}$/m);
  expect(lines).toContain('budget   {"tokens":6000} for each cell; at most 288,000 tokens in all');
  const [, detectable] = /a difference of (0\.\d\d) is shown in 80 %/.exec(lines)!;
  // Of a paired t with 11 degrees of freedom and a standard error of 0.061.
  expect(Number(detectable)).toBeGreaterThan(0.16);
  expect(Number(detectable)).toBeLessThan(0.23);
  expect(lines).toMatch(/reflection − baseline: one of 0\.1 in 3\d %/);
});

it("one with too few tasks can claim nothing, and says how many it needs", () => {
  expect(describeDesign(planFor(4)).join("\n")).toContain(
    "power    none: 4 tasks are too few to claim anything of tasks like these; 6 are the fewest for 1 contrast",
  );
});

it("one that stops once it knows says with how many of its cells", () => {
  const plan = planFor(12, { seeds: [0, 1, 2, 3], sequential: { shape: "obrien-fleming", futility: 0.1 } });
  const [, cells] = /with (\d+) % of the cells/.exec(describeDesign(plan).join("\n"))!;
  expect(Number(cells)).toBeLessThan(95);
});
