import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoresOf, type Plan } from "../../src/index.ts";
import { planOf } from "../made-up.ts";
import { cell, failed, graded, refused } from "./outcomes.ts";

const plan = (outcome: Plan["outcome"]): Plan => planOf("/nowhere", { outcome });

describe("the tested outcome", () => {
  it("of report scores lies between 0 and 1; what submitted nothing is 0", () => {
    const outcomes = [
      cell("baseline", 0, graded(1, 0.4)),
      cell("baseline", 1, graded(9, -3)),
      cell("reflection", 0, graded(0.5, 1.2)),
      cell("reflection", 1, refused),
    ];
    expect(scoresOf(plan("report-score"), outcomes)).toEqual([
      [
        [0.4, 0],
        [1, 0],
      ],
    ]);
    expect(scoresOf(plan("useful"), outcomes)).toEqual([
      [
        [1, 1],
        [1, 0],
      ],
    ]);
  });

  it("ranks cells of a task without references, by the metric's direction", () => {
    const outcomes = [
      cell("baseline", 0, graded(3)),
      cell("baseline", 1, graded(1)),
      cell("reflection", 0, graded(1)),
      cell("reflection", 1, refused),
    ];
    expect(scoresOf(plan("report-score"), outcomes)).toEqual([
      [
        [2 / 6, 2.5 / 3],
        [2.5 / 3, 0],
      ],
    ]);
    const searched = [cell("baseline", 0, { searchScore: 2 }), cell("reflection", 0, { searchScore: 1 })];
    expect(scoresOf(plan("search-score"), searched)).toEqual([
      [
        [0.5, undefined],
        [1, undefined],
      ],
    ]);
  });

  it("is missing where a cell was not made, not graded, or ended by others; 0 where a plugin failed", () => {
    const outcomes = [
      cell("baseline", 0, { ending: failed("infrastructure"), lost: 3 }),
      cell("baseline", 1, { ending: undefined }),
      cell("reflection", 0, { ending: failed("plugin") }),
      cell("reflection", 1),
    ];
    expect(scoresOf(plan("report-score"), outcomes)).toEqual([
      [
        [undefined, undefined],
        [0, undefined],
      ],
    ]);
    expect(scoresOf(plan("report-score"), [cell("baseline", 0, { ending: failed("user") })])).toEqual([
      [
        [undefined, undefined],
        [undefined, undefined],
      ],
    ]);
  });

  it("always lies between 0 and 1", () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const some = fc.tuple(value, fc.option(value, { nil: undefined }), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 4, maxLength: 4 }),
        fc.constantFrom("report-score", "search-score", "useful"),
        (drawn, outcome) => {
          const cells = drawn.map(([metric, score, valid, useful], at) =>
            cell(at < 2 ? "baseline" : "reflection", at % 2, {
              ...(valid ? graded(metric, score, useful) : refused),
              searchScore: valid ? metric : undefined,
            }),
          );
          for (const one of scoresOf(plan(outcome), cells).flat(2)) {
            expect(one).toBeGreaterThanOrEqual(0);
            expect(one).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
