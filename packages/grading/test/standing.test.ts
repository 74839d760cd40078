import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingOf, type Reference } from "../src/index.ts";

const value = fc.double({ min: -100, max: 100, noNaN: true });
const reference = (one: number, name = "ridge"): Reference => ({ name, family: "linear", value: one, error: 0 });
const direction = fc.constantFrom("maximize", "minimize");
const error = Number.NaN;

/** A trivial value, and references of which one at least is better. */
const field = fc
  .tuple(direction, value, fc.array(value, { minLength: 1, maxLength: 20 }))
  .map(([way, trivial, values]) => ({ way, trivial, values }))
  .filter(({ way, trivial, values }) =>
    values.some((one) => (way === "minimize" ? one < trivial - 1e-6 : one > trivial + 1e-6)),
  );

describe("a score among references", () => {
  it("is 0 for the trivial predictor, 1 for the best, and grows with the value", () => {
    fc.assert(
      fc.property(field, value, value, ({ way, trivial, values }, a, b) => {
        const references = [reference(trivial, "trivial"), ...values.map((one) => reference(one))];
        const at = (one: number) => standingOf({ value: one, error, trivial }, references, way);
        const best = way === "minimize" ? Math.min(...values) : Math.max(...values);
        expect(at(trivial)?.score).toBeCloseTo(0, 9);
        expect(at(best)?.score).toBeCloseTo(1, 9);
        expect(at(best)?.percentile).toBeGreaterThanOrEqual(50);
        const [better, worse] = (way === "minimize") === a < b ? [a, b] : [b, a];
        expect(at(better)?.score).toBeGreaterThanOrEqual(at(worse)?.score ?? Number.NaN);
        expect(at(better)?.percentile).toBeGreaterThanOrEqual(at(worse)?.percentile ?? Number.NaN);
      }),
    );
  });

  it("has an error in its own units, and none where the value has none", () => {
    const references = [reference(2)];
    expect(standingOf({ value: 6, error: 1, trivial: 10 }, references, "minimize")).toEqual({
      score: 0.5,
      scoreError: 0.125,
      percentile: 0,
    });
    expect(standingOf({ value: 6, error, trivial: 10 }, references, "minimize")?.scoreError).toBeUndefined();
  });

  it("is none where no reference is better than a constant", () => {
    expect(standingOf({ value: 6, error, trivial: 10 }, [reference(11)], "minimize")).toBeUndefined();
    expect(standingOf({ value: 6, error, trivial: 10 }, [], "minimize")).toBeUndefined();
  });
});
