import type { Solution } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uct, type UctOptions } from "../src/index.ts";
import { uctScore } from "../src/uct.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { NaiveTree } from "./naive.ts";
import { optionsOf } from "./options-of.ts";
import { searched, type SearchState } from "./searched.ts";

const tolerance = 1e-9;

/** Where UCT may expand, by its formula over the whole journal: the solutions that are reached where scores within the tolerance count as equal. */
const reachable = (
  tree: NaiveTree,
  pending: SearchState["pending"],
  { c, children, maxDebugDepth, time }: UctOptions,
): readonly (string | undefined)[] => {
  const onIt = (node: Solution | undefined) =>
    pending.filter(({ proposal }) => proposal.parents[0] === node?.id).length;
  const onOrBelow = (node: Solution | undefined) =>
    onIt(node) + tree.below(node).reduce((sum, one) => sum + (one === node ? 0 : onIt(one)), 0);
  const visits = (node: Solution | undefined) => tree.below(node).length + onOrBelow(node);
  const hasRoom = (node: Solution | undefined) =>
    tree.children(node).length + onIt(node) < children &&
    (node === undefined || node.evaluation.valid || tree.isRepairable(node, maxDebugDepth));
  const isOpen = (node: Solution | undefined): boolean => hasRoom(node) || tree.children(node).some(isOpen);
  const score = (node: Solution, parent: Solution | undefined) => {
    const factor = ({ execution }: Solution) =>
      time === undefined ? 1 : (Math.max(1, execution?.seconds ?? 0) / time.seconds) ** time.exponent;
    const rewards = tree.below(node).reduce((sum, one) => sum + tree.reward(one) * factor(one), 0);
    return rewards / visits(node) + c * Math.sqrt(Math.log(visits(parent)) / visits(node));
  };
  const from = (node: Solution | undefined): readonly (string | undefined)[] => {
    if (hasRoom(node)) return [node?.id];
    const open = tree.children(node).filter(isOpen);
    const best = Math.max(...open.map((child) => score(child, node)));
    return open.filter((child) => score(child, node) >= best - tolerance).flatMap(from);
  };
  if (isOpen(undefined)) return from(undefined);
  return pending.length > 0 ? ["wait"] : [undefined];
};

describe("uct", () => {
  it("expands where its formula says, worked out from the whole journal, whatever is under way", () => {
    const options = fc.record({
      c: fc.constantFrom(0, 0.25, 1, Math.SQRT2),
      children: fc.integer({ min: 1, max: 4 }),
      maxDebugDepth: fc.integer({ min: 0, max: 2 }),
      time: fc.constantFrom(undefined, { seconds: 10 }, { seconds: 60, exponent: -1 }),
    });
    fc.assert(
      fc.property(options, scoresOf(40), directions, fc.constantFrom(1, 2, 5), (given, scores, direction, slots) => {
        const settings = optionsOf(uct, given);
        const { proposals } = searched(uct, settings, {
          steps: scores.length,
          slots,
          direction,
          score: (_, number) => scores[number],
          seconds: (number) => [0, 0.5, 3, 10, 200][number % 5] ?? 0,
          onAsk({ ask, outcomes, pending }) {
            const tree = new NaiveTree(direction, outcomes);
            const on = ask.kind === "propose" ? ask.proposal.parents[0] : ask.kind;
            expect(reachable(tree, pending, settings)).toContain(on);
            if (ask.kind !== "propose") return;
            const node = tree.node(on);
            const operator = node === undefined ? "draft" : node.evaluation.valid ? "improve" : "debug";
            expect(ask.proposal.operator).toBe(operator);
          },
        });
        expect(proposals).toHaveLength(scores.length);
      }),
      { numRuns: Math.ceil(treeRuns / 4) },
    );
  });

  it("scores by mean and exploration, and what was never visited first", () => {
    expect(uctScore(3, 4, 10, 0.5)).toBeCloseTo(0.75 + 0.5 * Math.sqrt(Math.log(10) / 4), 12);
    expect(uctScore(0, 0, 10, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });

  it("prefers the faster of equal scripts where running time counts, and there alone", () => {
    const played = { steps: 4, score: () => 1, seconds: (number: number) => [100, 2, 50][number] ?? 1 };
    const onto = (given: Record<string, unknown>) =>
      searched(uct, optionsOf(uct, { children: 3, ...given }), played).proposals[3]?.parents;
    expect(onto({ time: { seconds: 60 } })).toEqual(["1-0"]);
    expect(onto({ time: { seconds: 60, exponent: 0 } })).toEqual(["0-0"]);
    expect(onto({})).toEqual(["0-0"]);
  });

  it("takes the first of equals", () => {
    const { proposals } = searched(uct, optionsOf(uct, { children: 2 }), { steps: 3, score: () => 1 });
    expect(proposals.at(-1)).toMatchObject({ operator: "improve", parents: ["0-0"] });
  });

  it("spreads slots by the loss that is lent to what is under way", () => {
    const settings = optionsOf(uct, { children: 2, c: 0.25 });
    const { proposals } = searched(uct, settings, { steps: 7, slots: 2, score: (_, number) => number });
    const parents = proposals.slice(2).map((proposal) => proposal.parents[0]);
    expect(new Set(parents).size).toBeGreaterThan(1);
  });
});
