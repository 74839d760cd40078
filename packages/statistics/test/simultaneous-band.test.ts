import { describe, expect, it } from "vitest";
import { drawsFrom, simultaneousBand } from "../src/index.ts";

/** Curves that rise to a task's own height, with steps of their own. */
const curves = (tasks: number, seed: number): readonly (readonly number[])[] => {
  const { normal } = drawsFrom(seed);
  return Array.from({ length: tasks }, () => {
    const height = 0.5 + 0.15 * normal();
    return Array.from({ length: 20 }, (_, at) => height * Math.min(1, (at + 1) / 10) + 0.02 * normal());
  });
};
const truth = Array.from({ length: 20 }, (_, at) => 0.5 * Math.min(1, (at + 1) / 10));

describe("a band for a whole curve", () => {
  it("holds all of the curve in about as many tables as it says", () => {
    const tables = 150;
    let held = 0;
    for (let table = 1; table <= tables; table += 1) {
      const { low, high } = simultaneousBand(curves(12, table), { seed: 1 });
      if (truth.every((value, at) => low[at]! <= value && value <= high[at]!)) held += 1;
    }
    expect(held / tables).toBeGreaterThan(0.9);
    expect(held / tables).toBeLessThan(1);
  });

  it("is the same for the same seed, and has no end for a single task", () => {
    expect(simultaneousBand(curves(6, 3), { seed: 1 })).toEqual(simultaneousBand(curves(6, 3), { seed: 1 }));
    expect(simultaneousBand([[0.1, 0.2]], { seed: 1 })).toEqual({
      mean: [0.1, 0.2],
      low: [-Infinity, -Infinity],
      high: [Infinity, Infinity],
    });
  });

  it("has no width where all tasks agree", () => {
    const { mean, low, high } = simultaneousBand(
      [
        [0, 0.5],
        [0, 0.5],
        [0, 0.5],
      ],
      { seed: 1 },
    );
    expect({ low, high }).toEqual({ low: mean, high: mean });
  });
});
