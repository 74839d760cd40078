import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AbMcts } from "../src/ab-mcts/ab-mcts.ts";
import type { Beliefs } from "../src/ab-mcts/beliefs.ts";
import type { Evidence } from "../src/journal/evidence.ts";
import { ScoreRange } from "../src/journal/score-range.ts";
import { SolutionTree, type TreeNode } from "../src/journal/solution-tree.ts";
import { abMcts } from "../src/index.ts";
import type { Policy, Step } from "../src/policy/policy.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { optionsOf } from "./options-of.ts";
import { outcomeOf, searched } from "./searched.ts";
import { seededRandom } from "@aide-ts/core";

const steps = 40;
const action = { operator: "", role: undefined, key: "" };

/** A run of the policy alone, so that what it remembers of each node can be looked at. Told in another order than asked. */
const grown = (
  scores: readonly (number | undefined | "no-code" | "cut")[],
  direction: "maximize" | "minimize",
  slots: number,
  given: Record<string, unknown> = {},
) => {
  const policy: Policy<Beliefs> = new AbMcts(optionsOf(abMcts, given));
  const tree = new SolutionTree<Beliefs>(() => policy.own());
  const task = { goal: "", metric: "", direction };
  const view = { task, outcomes: [], pending: [], solution: () => undefined };
  const range = new ScoreRange();
  const pending: { readonly number: number; readonly step: Step<Beliefs> }[] = [];
  for (let number = 0; number < scores.length; number++) {
    const step = policy.choose({ tree, view, number, random: seededRandom("ab-mcts", number, scores.length) });
    if (step.kind !== "step") throw new Error("It neither waits nor ends.");
    pending.push({ number, step });
    if (pending.length < slots) continue;
    const told = pending.splice(number % pending.length, 1)[0]!;
    const { operator, on } = told.step;
    const parents = on.parent === undefined ? [] : [on.id];
    const outcome = outcomeOf(told.number, { operator, parents, memory: [], guidance: [] }, scores[told.number]);
    const node = tree.add(task, outcome);
    policy.learn({ task, outcome, node });
    // A second telling must change nothing.
    policy.learn({ task, outcome, node });
    if (node !== undefined) range.admit(node, task);
  }
  return { tree, range };
};

const below = (node: TreeNode<Beliefs>): readonly TreeNode<Beliefs>[] =>
  node.children.flatMap((child) => [child, ...below(child)]);

const expectSame = (evidence: Evidence, nodes: readonly TreeNode<Beliefs>[], range: ScoreRange) => {
  const rewards = nodes.map(({ valid, merit }) => (valid ? range.reward(merit) : 0));
  const mean = rewards.length === 0 ? 0 : rewards.reduce((a, b) => a + b, 0) / rewards.length;
  const moments = evidence.moments(range);
  expect(moments.count).toBe(rewards.length);
  expect(moments.mean).toBeCloseTo(mean, 8);
  expect(moments.deviations).toBeCloseTo(
    rewards.reduce((sum, one) => sum + (one - mean) ** 2, 0),
    8,
  );
};

describe("ab-mcts", () => {
  it("believes what the tree says, told once each, whatever is under way", () => {
    fc.assert(
      fc.property(scoresOf(steps), directions, fc.constantFrom(1, 3, 8), (scores, direction, slots) => {
        const { tree, range } = grown(scores, direction, slots);
        for (const node of [tree.root, ...below(tree.root)]) {
          const { generate, goOn, children } = node.own.armsOf(action);
          for (const child of node.children)
            expect([child.own.seen.count, undefined]).toContain(children.countOf(child));
          expect(children.size).toBe(node.children.filter((child) => children.countOf(child) !== undefined).length);
          expect(generate.count + goOn.count).toBe(below(node).length);
          // GEN: its children. CONT: all further below. As an arm: itself, and all below.
          expectSame(generate, node.children, range);
          expectSame(
            goOn,
            below(node).filter(({ parent }) => parent !== node),
            range,
          );
          if (node.parent !== undefined) expectSame(node.own.seen, [node, ...below(node)], range);
        }
      }),
      { numRuns: treeRuns },
    );
  });

  it("believes of each action, with stack, what the tree says below the children that it made", () => {
    const given = { actionChoice: "stack", roles: ["code", "second"], crossover: true };
    fc.assert(
      fc.property(scoresOf(steps), directions, fc.constantFrom(1, 3), (scores, direction, slots) => {
        const { tree, range } = grown(scores, direction, slots, given);
        for (const node of [tree.root, ...below(tree.root)])
          for (const made of new Set(node.children.map(({ own }) => own.madeBy!))) {
            const children = node.children.filter(({ own }) => own.madeBy?.key === made.key);
            const further = children.flatMap((child) => below(child));
            const { generate, goOn } = node.own.armsOf(made);
            expect(generate.count + goOn.count).toBe(children.length + further.length);
            expectSame(generate, children, range);
            expectSame(goOn, further, range);
            expectSame(node.own.actionEvidence(made), [...children, ...further], range);
          }
      }),
      { numRuns: treeRuns },
    );
  });

  it("never waits, ends, or works on what it gave up", () => {
    const given = fc.record({
      actionChoice: fc.constantFrom("thompson", "ucb", "stack"),
      prior: fc.constantFrom("gaussian", "beta"),
      crossover: fc.boolean(),
      maxDebugDepth: fc.integer({ min: 0, max: 2 }),
      roles: fc.constantFrom([], ["code"], ["code", "second", "third"]),
    });
    fc.assert(
      fc.property(given, scoresOf(steps), fc.constantFrom(1, 3, 8), (options, scores, slots) => {
        const run = searched(abMcts, optionsOf(abMcts, options), {
          steps,
          slots,
          score: (_, number) => scores[number],
        });
        expect(run.proposals).toHaveLength(steps);
        for (const { operator, parents, role } of run.proposals) {
          const [on, other] = parents.map((id) => run.solution(id));
          if (options.roles.length === 0) expect(role).toBeUndefined();
          else expect(options.roles).toContain(role);
          expect(operator).toBe(
            on === undefined ? "draft" : !on.evaluation.valid ? "debug" : other === undefined ? "improve" : "crossover",
          );
          if (other !== undefined)
            expect([other.evaluation.valid, options.crossover, other === on]).toEqual([true, true, false]);
          if (on?.evaluation.valid === false) expect(on.candidate.code).not.toBe("");
        }
      }),
      { numRuns: treeRuns },
    );
  });

  for (const prior of ["gaussian", "beta"])
    it(`goes on where that gave more, and makes new ones where these did, with the ${prior} prior`, () => {
      const shareOfDrafts = (draft: number, other: number) => {
        let drafts = 0;
        for (let seed = 0; seed < 10; seed++)
          searched(abMcts, optionsOf(abMcts, { prior, bounds: [0, 1] }), {
            steps: 60,
            seed,
            direction: "maximize",
            score({ operator }) {
              if (operator === "draft") drafts++;
              return operator === "draft" ? draft : other;
            },
          });
        return drafts / 600;
      };
      expect(shareOfDrafts(0.1, 0.9)).toBeLessThan(0.3);
      expect(shareOfDrafts(0.9, 0.1)).toBeGreaterThan(0.6);
    });

  for (const actionChoice of ["thompson", "ucb", "stack"])
    it(`asks the better role more often, by ${actionChoice}`, () => {
      const counts = { good: 0, bad: 0 };
      for (let seed = 0; seed < 10; seed++)
        searched(abMcts, optionsOf(abMcts, { actionChoice, roles: ["bad", "good"], bounds: [0, 1] }), {
          steps: 60,
          seed,
          direction: "maximize",
          score({ role }) {
            if (role === "good") counts.good++;
            else counts.bad++;
            return role === "good" ? 0.9 : 0.1;
          },
        });
      expect(counts.good).toBeGreaterThan(1.3 * counts.bad);
    });

  it("combines a valid solution with the best other one", () => {
    const { proposals } = searched(abMcts, optionsOf(abMcts, { crossover: true }), {
      steps: 60,
      direction: "maximize",
      score: (_, number) => (number === 0 ? 1 : 0.5),
    });
    const crossed = proposals.filter(({ operator }) => operator === "crossover");
    expect(crossed.length).toBeGreaterThan(0);
    for (const { parents } of crossed) expect(parents).toContain("0-0");
  });
});
