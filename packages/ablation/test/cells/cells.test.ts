import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf, configOf, fileName, type Plan } from "../../src/index.ts";

const planOf = (tasks: number, arms: number, seeds: number): Plan => ({
  name: "small",
  base: { slots: 2, budget: { steps: 4 } },
  tasks: Array.from({ length: tasks }, (_, at) => ({ name: `task ${at}`, values: { task: `task ${at}` } })),
  seeds: Array.from({ length: seeds }, (_, seed) => seed),
  arms: Array.from({ length: arms }, (_, at) => ({ name: `arm ${at}`, change: { slots: at } })),
  contrasts: [],
  outcome: "report-score",
  tokens: "generated",
  drafts: "shared",
  sequential: undefined,
  power: { effect: 0.1, betweenTasks: 0.05, shared: 0.1, cell: 0.2 },
  alpha: 0.05,
  retries: 2,
});

const sizes = fc.record({
  tasks: fc.integer({ min: 1, max: 6 }),
  arms: fc.integer({ min: 2, max: 5 }),
  seeds: fc.integer({ min: 1, max: 5 }),
});

describe("cells", () => {
  it("are always each task, arm and seed once, seed by seed and task by task, in folders of their own", () => {
    fc.assert(
      fc.property(sizes, ({ tasks, arms, seeds }) => {
        const cells = cellsOf(planOf(tasks, arms, seeds));
        expect(cells).toHaveLength(tasks * arms * seeds);
        expect(new Set(cells.map(({ folder }) => folder)).size).toBe(cells.length);
        expect(cells.map(({ seed }) => seed)).toEqual(cells.map(({ seed }) => seed).toSorted((a, b) => a - b));
        for (let at = 0; at < cells.length; at += arms) {
          const block = cells.slice(at, at + arms);
          expect(new Set(block.map(({ task }) => task.name)).size).toBe(1);
          expect(new Set(block.map(({ arm }) => arm.name)).size).toBe(arms);
        }
      }),
    );
  });

  it("keep their places when seeds are added", () => {
    const few = cellsOf(planOf(4, 3, 2));
    expect(cellsOf(planOf(4, 3, 5)).slice(0, few.length)).toEqual(few);
  });

  it("come in another order in each block", () => {
    const cells = cellsOf(planOf(6, 5, 4));
    const orders = new Set(
      Array.from({ length: 24 }, (_, at) =>
        cells
          .slice(5 * at, 5 * at + 5)
          .map(({ arm }) => arm.name)
          .join(),
      ),
    );
    expect(orders.size).toBeGreaterThan(12);
  });

  it("run with the base, what the arm changes, the task and the seed", () => {
    const plan = planOf(1, 2, 1);
    const cell = cellsOf(plan).find(({ arm }) => arm.name === "arm 1")!;
    expect(configOf(plan, cell)).toEqual({ slots: 1, budget: { steps: 4 }, task: "task 0", seed: 0 });
  });
});

describe("names of folders", () => {
  it("are always others for other names, and never lead elsewhere", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 8 }),
        fc.string({ minLength: 1, maxLength: 8 }),
        (one, other) => {
          expect(fileName(one) === fileName(other)).toBe(one === other);
          expect(fileName(one)).toMatch(/^[\w~+%-][\w.~+%-]*$/);
        },
      ),
    );
    expect([fileName("tabular-small/hitters"), fileName("greedy + off"), fileName("..")]).toEqual([
      "tabular-small~hitters",
      "greedy+%2b+off",
      "%2e.",
    ]);
  });
});
