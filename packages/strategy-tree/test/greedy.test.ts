import type { JournalView, Outcome, Proposal, Solution } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@aide-ts/core";
import { createGreedy, greedy, type GreedyOptions } from "../src/index.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { NaiveTree } from "./naive.ts";
import { optionsOf } from "./options-of.ts";
import { searched } from "./searched.ts";

const options: GreedyOptions = { drafts: 3, debugProbability: 0.5, maxDebugDepth: 2, memory: 4 };
const task = { goal: "g", metric: "rmse", direction: "minimize" as const };

const solution = (number: number, proposal: Proposal, score: number | undefined): Solution => ({
  id: `${number}-0`,
  proposal: number,
  parents: proposal.parents,
  candidate: { plan: "", code: `x = ${number}` },
  evaluation:
    score === undefined
      ? { valid: false, cause: "exception", scores: [], feedback: "" }
      : { valid: true, score: { value: score, source: "held-out" }, scores: [], feedback: "" },
});

/** AIDE's policy written down from its description, over a plain list of nodes. */
const reference = (
  nodes: readonly Solution[],
  random: () => number,
  { drafts, debugProbability, maxDebugDepth }: GreedyOptions,
): [string, string | undefined] => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = (node: Solution) => byId.get(node.parents[0] ?? "");
  const debugDepth = (node: Solution): number => {
    const up = parent(node);
    return up === undefined || up.evaluation.valid ? 0 : 1 + debugDepth(up);
  };
  if (nodes.filter((node) => parent(node) === undefined).length < drafts) return ["draft", undefined];
  if (random() < debugProbability) {
    const leaves = nodes.filter(
      (node) =>
        !node.evaluation.valid &&
        !nodes.some((other) => other.parents[0] === node.id) &&
        debugDepth(node) <= maxDebugDepth,
    );
    const leaf = leaves[Math.floor(random() * leaves.length)];
    if (leaf !== undefined) return ["debug", leaf.id];
  }
  const good = nodes.filter((node) => node.evaluation.valid);
  const best = good.reduce<Solution | undefined>(
    (kept, next) => (kept === undefined || score(next) < score(kept) ? next : kept),
    undefined,
  );
  return best === undefined ? ["draft", undefined] : ["improve", best.id];
};

const score = ({ evaluation }: Solution): number =>
  evaluation.valid ? evaluation.score.value : Number.POSITIVE_INFINITY;

const view = (outcomes: readonly Outcome[], pending: JournalView["pending"] = []): JournalView => ({
  task,
  outcomes,
  pending,
  solution: () => undefined,
});

const draws = (values: readonly number[]) => {
  let at = 0;
  return () => values[at++ % values.length] ?? 0;
};

describe("greedy", () => {
  it("does what AIDE's policy does, step by step on the same draws", () => {
    const results = fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 40,
    });
    const numbers = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(results, numbers, (scores, values) => {
        const search = createGreedy(options);
        const nodes: Solution[] = [];
        const [ours, theirs] = [draws(values), draws(values)];
        for (const [number, result] of scores.entries()) {
          const ask = search.ask(view([]), number, ours);
          const [operator, parent] = reference(nodes, theirs, options);
          expect(ask.kind).toBe("propose");
          if (ask.kind !== "propose") return;
          expect([ask.proposal.operator, ask.proposal.parents[0]]).toEqual([operator, parent]);
          const chosen = solution(number, ask.proposal, result);
          nodes.push(chosen);
          search.tell({ number, proposal: ask.proposal, solutions: [chosen], chosen, notes: {} });
        }
      }),
      { numRuns: 500 },
    );
  });

  it("does the same whatever is under way, cut, or without code, and as AIRA sets it", () => {
    const aira = { drafts: 5, debugProbability: 1, maxDebugDepth: 20 };
    const given = fc.constantFrom(options, aira, { drafts: 1, debugProbability: 0.8, maxDebugDepth: 0 });
    fc.assert(
      fc.property(given, scoresOf(40), directions, fc.constantFrom(1, 2, 5), (settings, scores, direction, slots) => {
        const { proposals } = searched(greedy, optionsOf(greedy, settings), {
          steps: scores.length,
          seed: 7,
          slots,
          direction,
          score: (_, number) => scores[number],
          onAsk({ ask, number, outcomes, pending }) {
            const tree = new NaiveTree(direction, outcomes);
            const random = seededRandom(7, "ask", number, outcomes.length);
            const asked = [...outcomes, ...pending].map(({ proposal }) => proposal);
            const [best] = tree.ranked(tree.nodes.filter(({ evaluation }) => evaluation.valid));
            const leaves = tree.nodes.filter(
              (node) =>
                tree.isRepairable(node, settings.maxDebugDepth) && !asked.some(({ parents }) => parents[0] === node.id),
            );
            const expected = () => {
              if (asked.filter(({ operator }) => operator === "draft").length < settings.drafts) return ["draft"];
              if (random() < settings.debugProbability) {
                const leaf = leaves[Math.floor(random() * leaves.length)];
                if (leaf !== undefined) return ["debug", leaf.id];
              }
              return best === undefined ? ["draft"] : ["improve", best.id];
            };
            expect(ask.kind === "propose" && [ask.proposal.operator, ...ask.proposal.parents]).toEqual(expected());
          },
        });
        expect(proposals).toHaveLength(scores.length);
      }),
      { numRuns: treeRuns },
    );
  });

  it("counts drafts that are under way, so that slots do not double them", () => {
    const search = createGreedy(options);
    const pending = [0, 1, 2].map((number) => ({
      number,
      proposal: { operator: "draft", parents: [], memory: [], guidance: [] },
    }));
    const first = search.ask(view([], pending), 3, () => 0.9);
    expect(first).toMatchObject({ proposal: { operator: "draft" } });
    const failed = solution(0, pending[0]!.proposal, undefined);
    search.tell({ number: 0, proposal: pending[0]!.proposal, solutions: [failed], chosen: failed, notes: {} });
    expect(search.ask(view([], pending.slice(1)), 4, () => 0)).toMatchObject({
      proposal: { operator: "debug", parents: ["0-0"] },
    });
    const busy = [
      { number: 4, proposal: { operator: "debug", parents: ["0-0"], memory: [], guidance: [] } },
      ...pending.slice(1),
    ];
    expect(search.ask(view([], busy), 5, () => 0)).toMatchObject({ proposal: { operator: "draft" } });
  });

  it("debugs no answer without code", () => {
    const search = createGreedy({ ...options, drafts: 1 });
    const proposal: Proposal = { operator: "draft", parents: [], memory: [], guidance: [] };
    const failed = solution(0, proposal, undefined);
    const chosen: Solution = { ...failed, candidate: { plan: "", code: "", defect: "truncated" } };
    search.tell({ number: 0, proposal, solutions: [chosen], chosen, notes: {} });
    expect(search.ask(view([]), 1, () => 0)).toMatchObject({ proposal: { operator: "draft" } });
  });

  it("survives outcomes without a solution", () => {
    const search = createGreedy({ ...options, drafts: 1 });
    search.tell({
      number: 0,
      proposal: { operator: "draft", parents: [], memory: [], guidance: [] },
      solutions: [],
      cut: "failure",
      notes: {},
    });
    expect(search.ask(view([]), 1, () => 0.9)).toMatchObject({ proposal: { operator: "draft" } });
  });
});
