import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactMcNemar, holm, wilsonInterval } from "../src/statistics.ts";

const count = fc.nat(40);

/** Every way in which so many pairs may fall, counted. */
const byEnumeration = (ours: number, theirs: number): number => {
  const pairs = ours + theirs;
  const distance = Math.abs(ours - pairs / 2);
  let uneven = 0;
  for (let way = 0; way < 2 ** pairs; way++) {
    const ones = way.toString(2).replaceAll("0", "").length;
    if (Math.abs(ones - pairs / 2) >= distance) uneven++;
  }
  return uneven / 2 ** pairs;
};

describe("McNemar's exact test", () => {
  it("counts the ways that are at least as uneven", () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), (ours, theirs) => {
        expect(exactMcNemar(ours, theirs)).toBeCloseTo(byEnumeration(ours, theirs), 12);
      }),
    );
  });

  it("knows no sides", () => {
    fc.assert(
      fc.property(count, count, (a, b) => {
        expect(exactMcNemar(a, b)).toBe(exactMcNemar(b, a));
      }),
    );
  });
});

describe("Wilson's interval", () => {
  it("is that of R's prop.test without correction", () => {
    expect(wilsonInterval(0, 10)).toEqual([0, expect.closeTo(0.27753, 5)]);
    expect(wilsonInterval(15, 30)).toEqual([expect.closeTo(0.33154, 5), expect.closeTo(0.66846, 5)]);
  });

  it("holds the rate, and mirrors with it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const seen = Math.round(all * share);
        const [low, high] = wilsonInterval(seen, all);
        const [least, most] = wilsonInterval(all - seen, all);
        expect(low).toBeLessThanOrEqual(seen / all);
        expect(high).toBeGreaterThanOrEqual(seen / all);
        expect(least).toBeCloseTo(1 - high, 10);
        expect(most).toBeCloseTo(1 - low, 10);
      }),
    );
  });
});

describe("Holm's adjustment", () => {
  it("is that of R's p.adjust", () => {
    expect(holm([0.01, 0.04, 0.03, 0.5])).toEqual([0.04, 0.09, 0.09, 0.5].map((p) => expect.closeTo(p, 12)));
    expect(holm([])).toEqual([]);
  });

  it("keeps the order, lowers none, and passes Bonferroni by none", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (values) => {
        const adjusted = holm(values);
        for (const [at, value] of values.entries()) {
          const raised = adjusted[at] ?? Number.NaN;
          expect(raised).toBeGreaterThanOrEqual(value);
          expect(raised).toBeLessThanOrEqual(Math.min(1, value * values.length) + 1e-12);
          for (const [other, beside] of values.entries())
            if (value < beside) expect(raised).toBeLessThanOrEqual(adjusted[other] ?? Number.NaN);
        }
      }),
    );
  });
});
