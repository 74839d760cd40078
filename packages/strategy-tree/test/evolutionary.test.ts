import { seededRandom } from "@aide-ts/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byRank, byTournament, Island } from "../src/evolutionary/island.ts";
import { SolutionTree, type TreeNode } from "../src/journal/solution-tree.ts";
import { evolutionary, type EvolutionaryOptions } from "../src/index.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { optionsOf } from "./options-of.ts";
import { outcomeOf, searched } from "./searched.ts";

const task = { goal: "", metric: "", direction: "maximize" as const };
const draft = { operator: "draft", parents: [], memory: [], guidance: [] };
const draws = 20_000;

const nodesOf = (
  scores: readonly number[],
  code = (number: number) => `x = ${number}`,
): readonly TreeNode<undefined>[] => {
  const tree = new SolutionTree<undefined>(() => undefined);
  return scores.flatMap((score, number) => {
    const outcome = outcomeOf(number, draft, score);
    const chosen = { ...outcome.chosen!, candidate: { plan: "", code: code(number) } };
    return tree.add(task, { ...outcome, chosen, solutions: [chosen] }) ?? [];
  });
};
const islandOf = (given: Partial<EvolutionaryOptions>, nodes: readonly TreeNode<undefined>[]): Island => {
  const island = new Island({ ...optionsOf(evolutionary), ...given });
  for (const node of nodes) island.join(node);
  return island;
};
const shares = (size: number, pick: (random: () => number) => number): readonly number[] => {
  const random = seededRandom("selection");
  const picked = Array.from({ length: draws }, () => pick(random));
  return Array.from({ length: size }, (_, place) => picked.filter((one) => one === place).length / draws);
};
const within = (share: number) => 4.5 * Math.sqrt((share * (1 - share)) / draws);

describe("evolutionary", () => {
  it("begins each island with a generation of drafts, and crosses only valid solutions, after the set generation", () => {
    const given = fc.record({
      generation: fc.integer({ min: 1, max: 4 }),
      islands: fc.integer({ min: 1, max: 3 }),
      crossover: fc.constantFrom(0, 0.5, 1),
      crossoverAfter: fc.integer({ min: 0, max: 3 }),
      selection: fc.constantFrom("tournament", "rank"),
      debug: fc.integer({ min: 0, max: 2 }),
      population: fc.integer({ min: 2, max: 6 }),
    });
    fc.assert(
      fc.property(given, scoresOf(50), directions, fc.constantFrom(1, 3, 8), (options, scores, direction, slots) => {
        const run = searched(evolutionary, optionsOf(evolutionary, options), {
          steps: 50,
          slots,
          direction,
          score: (_, number) => scores[number],
        });
        const made = run.proposals.filter(({ operator }) => operator !== "debug");
        const first = options.generation * options.islands;
        for (const { operator } of made.slice(0, first)) expect(operator).toBe("draft");
        for (const [at, { operator, parents }] of made.entries()) {
          const solutions = parents.map((id) => run.solution(id));
          for (const solution of solutions) expect(solution?.evaluation.valid).toBe(true);
          expect(new Set(parents).size).toBe(parents.length);
          expect(operator).toBe(["draft", "improve", "crossover"][parents.length]);
          if (operator === "crossover") {
            expect(options.crossover).toBeGreaterThan(0);
            expect(at).toBeGreaterThanOrEqual(options.crossoverAfter * options.generation * options.islands);
          }
        }
        if (options.debug === 0) expect(made).toHaveLength(run.proposals.length);
      }),
      { numRuns: treeRuns },
    );
  });

  it("crosses always where the chance is 1, and repairs what failed at once", () => {
    const run = searched(evolutionary, optionsOf(evolutionary, { crossover: 1, generation: 3, crossoverAfter: 1 }), {
      steps: 20,
      score: (_, number) => (number === 10 ? undefined : number),
    });
    expect(run.proposals.map(({ operator }) => operator)).toEqual([
      "draft",
      "draft",
      "draft",
      ...Array.from({ length: 8 }, () => "crossover"),
      "debug",
      ...Array.from({ length: 8 }, () => "crossover"),
    ]);
  });

  it("selects by tournament the place that the best of so many draws has", () => {
    const [size, rounds] = [6, 3];
    for (const [place, share] of shares(size, (random) => byTournament(size, rounds, random)).entries()) {
      const expected = ((size - place) / size) ** rounds - ((size - place - 1) / size) ** rounds;
      expect(Math.abs(share - expected)).toBeLessThan(within(expected));
    }
  });

  it("selects by rank in proportion to it", () => {
    const size = 5;
    for (const [place, share] of shares(size, (random) => byRank(size, random)).entries()) {
      const expected = (size - place) / ((size * (size + 1)) / 2);
      expect(Math.abs(share - expected)).toBeLessThan(within(expected));
    }
  });

  it("keeps its elites and the youngest of the others, never more than its population", () => {
    const scores = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 });
    const sizes = fc.record({ population: fc.integer({ min: 2, max: 8 }), elites: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(scores, sizes, (values, { population, elites }) => {
        const nodes = nodesOf(values);
        let expected: readonly TreeNode<undefined>[] = [];
        for (const node of nodes) {
          expected = [...expected, node].sort((a, b) => b.merit - a.merit);
          if (expected.length <= population) continue;
          const mortal = expected.slice(Math.min(elites, population));
          const oldest = mortal.toSorted((a, b) => a.order - b.order)[0];
          expected = expected.filter((one) => one !== oldest);
        }
        const { members } = islandOf({ population, elites }, nodes);
        expect(members).toEqual(expected);
        const best = Math.max(...values);
        if (elites > 0) expect(members[0]?.merit).toBe(best);
      }),
      { numRuns: treeRuns },
    );
  });

  it("takes no script twice", () => {
    expect(
      islandOf(
        {},
        nodesOf([1, 2, 3], () => "x = 1"),
      ).members.map(({ merit }) => merit),
    ).toEqual([1]);
  });

  it("sends its best on, but no migrant", () => {
    const [own, other, migrant] = nodesOf([1, 2, 3]);
    const island = islandOf({ migrationShare: 0.5 }, [own!, other!]);
    island.join(migrant!, true);
    expect(island.members.map(({ merit }) => merit)).toEqual([3, 2, 1]);
    expect(island.emigrants().map(({ merit }) => merit)).toEqual([2]);
  });

  it("migrates to both neighbours of the ring, every so many generations", () => {
    // One draft an island, the first far better than all; only improvements after that, of the best.
    const islands = 5;
    const migrationEvery = 4;
    // The first island finds a better one right after the first migration.
    const late = islands * (migrationEvery + 1);
    const given = { islands, generation: 1, crossover: 0, migrationEvery, migrationShare: 1, tournament: 200 };
    const run = searched(evolutionary, optionsOf(evolutionary, given), {
      steps: islands * (2 * migrationEvery + 1),
      direction: "maximize",
      score: (_, number) => ({ 0: 100, [late]: 1000 })[number] ?? number / 1000,
    });
    const workingOn = (id: string, generation: number) =>
      run.proposals
        .slice(generation * islands, (generation + 1) * islands)
        .flatMap(({ parents }, island) => (parents[0] === id ? [island] : []));
    expect(workingOn("0-0", migrationEvery - 1)).toEqual([0]);
    expect(workingOn("0-0", migrationEvery)).toEqual([0, 1, 4]);
    expect(workingOn(`${late}-0`, 2 * migrationEvery - 1)).toEqual([0]);
    expect(workingOn(`${late}-0`, 2 * migrationEvery)).toEqual([0, 1, 4]);
    // A migrant goes no further.
    expect(workingOn("0-0", 2 * migrationEvery)).toEqual([]);
  });
});
