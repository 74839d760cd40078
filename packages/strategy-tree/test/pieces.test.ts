import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Evidence } from "../src/journal/evidence.ts";
import { OrderedSet } from "../src/journal/ordered-set.ts";
import { ScoreRange } from "../src/journal/score-range.ts";
import { Champions } from "../src/policy/champions.ts";
import { SolutionTree, type TreeNode } from "../src/journal/solution-tree.ts";
import { fuzzRuns } from "./fuzz.ts";
import { outcomeOf, type Score } from "./searched.ts";

const options = { numRuns: fuzzRuns };
const task = (direction: "maximize" | "minimize") => ({ goal: "", metric: "", direction });
const directions = fc.constantFrom("maximize" as const, "minimize" as const);
const scores = fc.oneof(
  fc.integer({ min: -1e9, max: 1e9 }).map((one) => one / 1000),
  fc.integer({ min: -3, max: 3 }),
);
const results = fc.array(fc.oneof({ weight: 3, arbitrary: scores }, fc.constant(undefined)), {
  minLength: 1,
  maxLength: 40,
});

/** Drafts with these scores. */
const nodesOf = (direction: "maximize" | "minimize", given: readonly Score[]): readonly TreeNode<undefined>[] => {
  const tree = new SolutionTree<undefined>(() => undefined);
  return given.flatMap((score, number) => {
    const proposal = { operator: "draft", parents: [], memory: [], guidance: [] };
    return tree.add(task(direction), outcomeOf(number, proposal, score)) ?? [];
  });
};

/** Rewards by their definition, over the whole list. */
const rewardsOf = (
  direction: "maximize" | "minimize",
  given: readonly (number | undefined)[],
  bounds?: readonly [number, number],
): readonly number[] => {
  const valid = given.flatMap((score) => score ?? []);
  const [low, high] = bounds ?? [Math.min(...valid), Math.max(...valid)];
  return given.map((score) => {
    if (score === undefined) return 0;
    if (low === high) return 1;
    const share = (Math.min(high, Math.max(low, score)) - low) / (high - low);
    return direction === "maximize" ? share : 1 - share;
  });
};

describe("rewards", () => {
  it("of what was told before and after a new extreme are those of the whole list", () => {
    const bounds = fc.option(fc.constant([-1, 2] as const), { nil: undefined });
    fc.assert(
      fc.property(directions, results, bounds, (direction, given, fixed) => {
        const range = new ScoreRange(fixed && [...fixed]);
        const evidence = new Evidence();
        for (const [at, node] of nodesOf(direction, given).entries()) {
          evidence.add(range.admit(node, task(direction)));
          const rewards = rewardsOf(direction, given.slice(0, at + 1), fixed);
          const sum = rewards.reduce((a, b) => a + b, 0);
          const mean = sum / rewards.length;
          const moments = evidence.moments(range);
          expect(moments.count).toBe(rewards.length);
          expect(moments.mean).toBeCloseTo(mean, 6);
          expect(moments.deviations).toBeCloseTo(
            rewards.reduce((a, b) => a + (b - mean) ** 2, 0),
            6,
          );
          expect(evidence.total(range)).toBeCloseTo(sum, 6);
        }
      }),
      options,
    );
  });

  it("are 0 for a score that is no finite number, which leaves the range as it is", () => {
    const range = new ScoreRange();
    const [good, infinite, nothing, better] = nodesOf("maximize", [1, Infinity, Number.NaN, 2]);
    expect(range.admit(good!, task("maximize"))).toBe(1);
    expect(range.admit(infinite!, task("maximize"))).toBeUndefined();
    expect(range.admit(nothing!, task("maximize"))).toBeUndefined();
    range.admit(better!, task("maximize"));
    expect([range.reward(1), range.reward(2)]).toEqual([0, 1]);
  });
});

describe("Champions", () => {
  it("give the best valid one that is not a given one, of equals the first", () => {
    fc.assert(
      fc.property(
        directions,
        fc.array(fc.option(fc.nat(5), { nil: undefined }), { maxLength: 20 }),
        (direction, given) => {
          const champions = new Champions<undefined>();
          const nodes = nodesOf(direction, given);
          for (const node of nodes) champions.learn(node);
          for (const node of nodes) {
            const others = nodes.filter((other) => other !== node && other.valid);
            const best = others.toSorted((a, b) => b.merit - a.merit || a.order - b.order)[0];
            expect(champions.otherThan(node)).toBe(best);
          }
        },
      ),
      options,
    );
  });
});

describe("OrderedSet", () => {
  it("gives what a plain list gives, whatever is added, deleted and left out", () => {
    const item = fc.nat(60);
    const change = fc.record({
      adds: fc.boolean(),
      item,
      index: fc.nat(70),
      without: fc.array(item, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
        const set = new OrderedSet<number>();
        let list: readonly number[] = [];
        for (const { adds, item: one, index, without } of changes) {
          if (adds) {
            set.add(one);
            list = list.concat(list.includes(one) ? [] : one);
          } else {
            set.delete(one);
            list = list.filter((other) => other !== one);
          }
          expect(set.size).toBe(list.length);
          expect(set.has(one)).toBe(list.includes(one));
          expect(set.at(index)).toBe(list[index]);
          expect(set.at(index, without)).toBe(list.filter((other) => !without.includes(other))[index]);
        }
      }),
      options,
    );
  });
});
