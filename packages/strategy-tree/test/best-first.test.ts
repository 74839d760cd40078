import { isBetter } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestFirst } from "../src/index.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { NaiveTree } from "./naive.ts";
import { optionsOf } from "./options-of.ts";
import { searched } from "./searched.ts";

describe("best-first", () => {
  it("expands the best that was not expanded often enough, worked out from the whole journal", () => {
    const options = fc.record({
      drafts: fc.integer({ min: 1, max: 4 }),
      children: fc.integer({ min: 1, max: 3 }),
      maxDebugDepth: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(options, scoresOf(40), directions, fc.constantFrom(1, 2, 5), (given, scores, direction, slots) => {
        const { drafts, children, maxDebugDepth } = given;
        const { proposals } = searched(bestFirst, optionsOf(bestFirst, given), {
          steps: scores.length,
          slots,
          direction,
          score: (_, number) => scores[number],
          onAsk({ ask, outcomes, pending }) {
            expect(ask.kind).toBe("propose");
            if (ask.kind !== "propose") return;
            const tree = new NaiveTree(direction, outcomes);
            const asked = [...outcomes, ...pending].map(({ proposal }) => proposal);
            const drafted = asked.filter(({ operator }) => operator === "draft").length;
            const open = tree.nodes.filter(
              (node) =>
                asked.filter(({ parents }) => parents[0] === node.id).length < children &&
                (node.evaluation.valid || tree.isRepairable(node, maxDebugDepth)),
            );
            const [best] = drafted < drafts ? [] : tree.ranked(open);
            expect(ask.proposal.parents[0]).toBe(best?.id);
            if (best !== undefined) for (const other of open) expect(isBetter(tree.task, other, best)).toBe(false);
          },
        });
        expect(proposals).toHaveLength(scores.length);
      }),
      { numRuns: treeRuns },
    );
  });
});
