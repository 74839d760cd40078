import type { Range, Shape } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { coderCalls, coderTimes, linkCost, stepCalls, type Link } from "../src/compose/chain-cost.ts";

const numRuns = fuzzRuns(300);
const operators = ["draft", "improve", "segment"];

const range = (least: number, most: number): fc.Arbitrary<Range> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 0, max: 2 })).map(([a, more]) => [a, a + more]);

const shape: fc.Arbitrary<Shape> = fc.record(
  {
    generations: range(0, 2),
    next: range(0, 2),
    replaces: fc.subarray(operators),
    operators: fc.subarray(operators),
    asks: fc.constantFrom({}, { draft: "segment" }, { draft: "improve", improve: "draft" }),
    perCall: range(1, 2),
  },
  { requiredKeys: ["generations", "next"] },
);

const chain: fc.Arbitrary<readonly Link[]> = fc.array(
  shape.map((one) => ({ shape: one })),
  { maxLength: 4 },
);
const operator = fc.constantFrom(...operators);

/** Plays a step: every strategy makes its calls one by one, and picks how many of each it makes. */
const played = (links: readonly Link[], asked: string, pick: (range: Range) => number) => {
  const counted = { calls: 0, coder: 0 };
  const callTimes = (wraps: readonly Range[]): void => {
    const [outer, ...others] = wraps;
    if (outer === undefined) counted.calls++;
    else for (let one = pick(outer); one > 0; one--) callTimes(others);
  };
  const solve = (at: number, by: string, wraps: readonly Range[]): void => {
    const link = links[at];
    if (link === undefined) {
      counted.coder++;
      for (let one = pick(coderCalls); one > 0; one--) callTimes(wraps);
      return;
    }
    const { own, next, perCall, asked: inner } = linkCost(link, by);
    for (let one = pick(own); one > 0; one--) callTimes(wraps);
    for (let one = pick(next); one > 0; one--) solve(at + 1, inner, [...wraps, perCall]);
  };
  solve(0, asked, []);
  return counted;
};

const least = ([from]: Range): number => from;
const most = ([, to]: Range): number => to;

describe("the calls of a step", () => {
  it("are those of a step that is played, with the fewest calls everywhere and with the most", () => {
    fc.assert(
      fc.property(chain, operator, (links, asked) => {
        const fewest = played(links, asked, least);
        expect([fewest.calls, fewest.coder]).toEqual([stepCalls(links, asked)[0], coderTimes(links, asked)[0]]);
        // The most may be very many: then they are not played.
        if (stepCalls(links, asked)[1] > 20_000) return;
        const all = played(links, asked, most);
        expect([all.calls, all.coder]).toEqual([stepCalls(links, asked)[1], coderTimes(links, asked)[1]]);
      }),
      { numRuns },
    );
  });

  it("lie between, whatever is picked", () => {
    fc.assert(
      fc.property(
        chain,
        operator,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (links, asked, picks) => {
          const [from, to] = stepCalls(links, asked);
          expect(from).toBeLessThanOrEqual(to);
          if (to > 5_000) return;
          const { calls } = played(links, asked, ([a, b]) => a + Math.round((picks.next().value ?? 0) * (b - a)));
          expect(calls).toBeGreaterThanOrEqual(from);
          expect(calls).toBeLessThanOrEqual(to);
        },
      ),
      { numRuns },
    );
  });

  it("never fall where a strategy makes more calls", () => {
    fc.assert(
      fc.property(chain, operator, fc.nat(), fc.constantFrom("generations", "next"), (links, asked, at, what) => {
        const more = links.map((link, index) =>
          index !== at % Math.max(1, links.length) || link.shape === undefined
            ? link
            : { shape: { ...link.shape, [what]: [link.shape[what][0], link.shape[what][1] + 1] } },
        );
        const [before, after] = [stepCalls(links, asked), stepCalls(more, asked)];
        expect(after[0]).toBe(before[0]);
        expect(after[1]).toBeGreaterThanOrEqual(before[1]);
      }),
      { numRuns },
    );
  });

  it("have no end around a strategy that tells nothing of itself, and none of the coder's where it is replaced", () => {
    expect(stepCalls([{}], "draft")).toEqual([0, Number.POSITIVE_INFINITY]);
    const replacing: Shape = { generations: [1, 1], next: [0, 1], replaces: ["draft"] };
    expect(stepCalls([{ shape: replacing }], "draft")).toEqual([1, 1]);
    expect(stepCalls([{ shape: replacing }], "improve")).toEqual([1, 1 + coderCalls[1]]);
    expect(coderTimes([{ shape: replacing }, {}], "draft")).toEqual([0, 0]);
  });

  it("are counted for the operators that a strategy works on, as it hands them on", () => {
    const parts: Shape = { generations: [0, 0], next: [3, 3], operators: ["draft"], asks: { draft: "segment" } };
    const ofParts: Shape = { generations: [1, 1], next: [1, 1], operators: ["segment"] };
    const [least, most] = coderCalls;
    expect(stepCalls([{ shape: parts }, { shape: ofParts }], "draft")).toEqual([3 * (1 + least), 3 * (1 + most)]);
    expect(stepCalls([{ shape: parts }, { shape: ofParts }], "improve")).toEqual([least, most]);
    const forcing: Shape = { generations: [0, 0], next: [1, 1], operators: ["draft"], perCall: [2, 2] };
    expect(stepCalls([{ shape: forcing }], "draft")).toEqual([2 * least, 2 * most]);
    expect(stepCalls([{ shape: forcing }], "improve")).toEqual([least, most]);
  });

  it("are the coder's own without a strategy", () => {
    expect(stepCalls([], "draft")).toEqual(coderCalls);
    expect(coderTimes([], "draft")).toEqual([1, 1]);
  });
});
