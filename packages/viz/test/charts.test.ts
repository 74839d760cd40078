import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawCurves, drawIntervals } from "../src/index.ts";

const numbersIn = (svg: string): readonly number[] =>
  [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"/g)].map(([, number]) => Number(number));

describe("curves", () => {
  const chart = {
    title: "Score over tokens",
    x: [0, 500, 1000],
    xLabel: "tokens",
    y: [0, 1] as const,
    curves: [{ name: "a <b>", mean: [0, 0.5, 0.5], low: [0, 0.4, -Infinity], high: [0, 0.6, Infinity] }],
  };

  it("are lines in steps with a band, a name each, and what they show for those who do not see them", () => {
    const svg = drawCurves(chart);
    expect(svg).toMatch(/^<svg class="chart" .* role="img" aria-label="Score over tokens">/);
    expect(svg.match(/<path class="(?:line|band)"/g)).toHaveLength(2);
    expect(svg).toContain("a &lt;b&gt;</text>");
    // From (0, 0) right, then up to one half at 500 tokens.
    expect(svg).toContain('<path class="line" d="M48,280L304,280L304,147L560,147L560,147"/>');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

describe("intervals", () => {
  it("always lie inside the picture, whatever their ends", () => {
    const value = fc.double({ min: -5, max: 5, noNaN: true });
    const row = fc.record({
      label: fc.string(),
      estimate: value,
      interval: fc.tuple(fc.oneof(value, fc.constant(-Infinity)), fc.oneof(value, fc.constant(Infinity))),
      points: fc.array(value, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const svg = drawIntervals("Differences", "difference", rows);
        for (const number of numbersIn(svg)) {
          expect(number).toBeGreaterThanOrEqual(0);
          expect(number).toBeLessThanOrEqual(720);
        }
        expect(svg.match(/class="whisker"/g)).toHaveLength(rows.length);
      }),
    );
  });
});
