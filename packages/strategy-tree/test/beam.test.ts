import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beam } from "../src/index.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { NaiveTree } from "./naive.ts";
import { optionsOf } from "./options-of.ts";
import { searched } from "./searched.ts";
import { mixed } from "./treequest/reward.ts";

const options = { numRuns: treeRuns };
const depthOf = (path: string): number => path.split("/").length - 1;

/** Paths of all nodes of a full tree, and their scores. */
const exhaustive = (drafts: number, children: number, levels: number): readonly string[] => {
  let level = Array.from({ length: drafts }, (_, at) => `/${at}`);
  const all = [...level];
  for (let depth = 1; depth < levels; depth++) {
    level = level.flatMap((path) => Array.from({ length: children }, (_, at) => `${path}/${at}`));
    all.push(...level);
  }
  return all.sort();
};
const scoreOf = (path: string): number => mixed([...path].map((letter) => letter.codePointAt(0) ?? 0));

/** Paths of the nodes that a run made: each node's place among its parent's children. */
const pathsIn = (parents: readonly (string | undefined)[]): readonly string[] => {
  const paths: string[] = [];
  const children = new Map<string, number>();
  for (const parent of parents) {
    const at = parent === undefined ? "" : (paths[Number.parseInt(parent, 10)] ?? "");
    const place = children.get(at) ?? 0;
    children.set(at, place + 1);
    paths.push(`${at}/${place}`);
  }
  return paths;
};

describe("beam", () => {
  it("makes every node that exhaustive search makes where its width allows", () => {
    const sizes = fc.record({
      drafts: fc.integer({ min: 1, max: 3 }),
      children: fc.integer({ min: 1, max: 3 }),
      levels: fc.integer({ min: 1, max: 4 }),
      slots: fc.constantFrom(1, 3, 8),
    });
    fc.assert(
      fc.property(sizes, directions, ({ drafts, children, levels, slots }, direction) => {
        const width = drafts * children ** levels;
        const parents: (string | undefined)[] = [];
        const { asks } = searched(beam, optionsOf(beam, { width, drafts, children, levels }), {
          steps: 1000,
          slots,
          direction,
          score: (_, number) => scoreOf(pathsIn(parents)[number] ?? ""),
          onAsk: ({ ask }) => ask.kind === "propose" && parents.push(ask.proposal.parents[0]),
        });
        expect(asks.at(-1)?.kind).toBe("done");
        expect([...pathsIn(parents)].sort()).toEqual(exhaustive(drafts, children, levels));
      }),
      options,
    );
  });

  it("keeps the best of each level, worked out from the whole journal", () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 3 }),
      children: fc.integer({ min: 1, max: 3 }),
      drafts: fc.integer({ min: 1, max: 5 }),
      maxDebugDepth: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(sizes, scoresOf(40), directions, fc.constantFrom(1, 2, 5), (given, scores, direction, slots) => {
        const { width, children, drafts, maxDebugDepth } = given;
        const { proposals, outcomes } = searched(beam, optionsOf(beam, given), {
          steps: scores.length,
          slots,
          direction,
          score: (_, number) => scores[number],
        });
        const tree = new NaiveTree(direction, outcomes);
        let at = 0;
        let expected: readonly (string | undefined)[] = Array.from({ length: drafts }, () => undefined);
        while (at < proposals.length) {
          const level = proposals.slice(at, at + expected.length);
          expect(level.map(({ parents }) => parents[0])).toEqual(expected.slice(0, level.length));
          const made = outcomes.slice(at, at + expected.length).flatMap(({ chosen }) => chosen ?? []);
          at += expected.length;
          const usable = made.filter((node) => node.evaluation.valid || tree.isRepairable(node, maxDebugDepth));
          const kept = tree.ranked(usable).slice(0, width);
          expected =
            kept.length === 0
              ? Array.from({ length: drafts }, () => undefined)
              : kept.flatMap(({ id }) => Array.from({ length: children }, () => id));
        }
      }),
      options,
    );
  });

  it("is done after its levels", () => {
    const { asks, proposals } = searched(beam, optionsOf(beam, { width: 2, children: 2, levels: 3 }), {
      steps: 1000,
      score: (_, number) => number,
    });
    expect(proposals).toHaveLength(3 * 4);
    expect(asks.at(-1)).toEqual({ kind: "done", reason: "All levels of the beam are done." });
  });

  it("keeps diverse beams to a subtree each, greedy in it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.nat(), (width, children, seed) => {
        const paths: string[] = [];
        const levels = 3;
        searched(beam, optionsOf(beam, { width, children, levels, diverse: true }), {
          steps: 1000,
          direction: "maximize",
          score: (_, number) => scoreOf(`${seed}/${number}`),
          onAsk({ ask, outcomes }) {
            if (ask.kind !== "propose") return;
            paths.splice(0, paths.length, ...pathsIn([...outcomes, ask].map(({ proposal }) => proposal.parents[0])));
            const siblings = new NaiveTree("maximize", outcomes).children(undefined);
            expect(siblings.length).toBeLessThanOrEqual(width * children);
          },
        });
        // One draft of each beam is gone on with, and of each of its levels one node.
        const parents = (depth: number) =>
          new Set(
            paths.filter((path) => depthOf(path) === depth + 1).map((path) => path.slice(0, path.lastIndexOf("/"))),
          );
        expect(parents(1).size).toBe(width);
        expect(parents(2).size).toBe(width);
        expect(new Set([...parents(2)].map((path) => path.split("/")[1])).size).toBe(width);
      }),
      options,
    );
  });
});
