import { seededRandom } from "@aide-ts/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Beliefs } from "../src/ab-mcts/beliefs.ts";
import { ContenderGroup } from "../src/ab-mcts/contender-group.ts";
import { Contenders } from "../src/ab-mcts/contenders.ts";
import { highest } from "../src/ab-mcts/actions.ts";
import { betaBelief, gaussianBelief } from "../src/ab-mcts/posteriors.ts";
import { ScoreRange } from "../src/journal/score-range.ts";
import { SolutionTree } from "../src/journal/solution-tree.ts";
import { fuzzRuns } from "./fuzz.ts";
import { outcomeOf } from "./searched.ts";

const task = { goal: "", metric: "", direction: "maximize" as const };
const draws = Math.max(20_000, 20 * fuzzRuns);

/** Children with 1 to 4 rewards each, some of them added after the child had become a contender. */
const scene = () => {
  const random = seededRandom("contenders");
  const tree = new SolutionTree(() => new Beliefs(true));
  const range = new ScoreRange([0, 1]);
  const contenders = new Contenders();
  const proposal = { operator: "draft", parents: [], memory: [], guidance: [] };
  const children = Array.from({ length: 12 }, (_, number) => {
    const node = tree.add(task, outcomeOf(number, proposal, random()))!;
    node.own.seen.add(range.admit(node, task));
    contenders.add(node);
    return node;
  });
  for (const [at, node] of children.entries())
    for (let more = 0; more < at % 4; more++) {
      node.own.seen.add(random());
      contenders.recount(node);
    }
  return { range, contenders, children };
};

const beliefs = {
  gaussian: gaussianBelief({ mean: 0, kappa: 1, nu: 1, tauSquared: 0.1 }),
  beta: betaBelief({ a: 0.5, b: 0.5 }),
};

describe("ContenderGroup", () => {
  it.each(Object.entries(beliefs))(
    "never reaches less far than one of its members with the %s prior, whoever comes and goes and however rewards change",
    (_name, belief) => {
      const change = fc.oneof(
        fc.record({ score: fc.integer({ min: -20, max: 20 }), looks: fc.boolean() }),
        fc.record({ leaves: fc.nat(8), looks: fc.boolean() }),
        fc.record({ elsewhere: fc.integer({ min: -40, max: 20 }), looks: fc.boolean() }),
      );
      fc.assert(
        fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
          const tree = new SolutionTree(() => new Beliefs(true));
          const range = new ScoreRange();
          const group = new ContenderGroup();
          const proposal = { operator: "draft", parents: [], memory: [], guidance: [] };
          const added = (number: number, score: number) => tree.add(task, outcomeOf(number, proposal, score))!;
          // Elsewhere in the tree there are others, so that members need not have the best reward.
          range.admit(added(-1, 21), task);
          for (const [number, made] of changes.entries()) {
            if ("score" in made) {
              const node = added(number, made.score);
              node.own.seen.add(range.admit(node, task));
              expect(group.members[group.add(node)]).toBe(node);
            } else if ("elsewhere" in made) range.admit(added(number, made.elsewhere), task);
            else if (made.leaves < group.members.length) {
              const before = group.members.slice();
              const moved = group.remove(made.leaves);
              expect(moved).toBe(made.leaves === before.length - 1 ? undefined : before.at(-1));
              expect(new Set(group.members)).toEqual(new Set(before.toSpliced(made.leaves, 1)));
            }
            if (!made.looks || group.members.length === 0) continue;
            const reach = group.reach(belief, range);
            for (const { own } of group.members) {
              const { mean, scale } = belief.reach(own.seen.moments(range));
              expect(mean <= reach.mean && scale <= reach.scale).toBe(true);
            }
          }
        }),
        { numRuns: 5 * fuzzRuns },
      );
    },
  );
});

describe("Contenders", () => {
  for (const [name, belief] of Object.entries(beliefs))
    it(`choose as often as drawing every child does, with the ${name} prior`, () => {
      const { range, contenders, children } = scene();
      const random = seededRandom("choices", name);
      const [ours, plain] = [new Map<string, number>(), new Map<string, number>()];
      const count = (shares: Map<string, number>, id = "") => shares.set(id, (shares.get(id) ?? 0) + 1);
      for (let draw = 0; draw < draws; draw++) {
        count(ours, contenders.highest(belief, range, random)?.id);
        count(plain, highest(children, ({ own }) => belief.draw(own.seen.moments(range), random))?.id);
      }
      // Homogeneity of two samples: χ² with 11 degrees of freedom, whose upper 0.1 % lie above 31.26.
      const statistic = children.reduce((sum, { id }) => {
        const [a, b] = [ours.get(id) ?? 0, plain.get(id) ?? 0];
        return sum + (a + b === 0 ? 0 : (a - b) ** 2 / (a + b));
      }, 0);
      expect(statistic).toBeLessThan(31.26);
      expect([...ours.values()].reduce((a, b) => a + b, 0)).toBe(draws);
    });

  it("have none where nobody stands", () => {
    const { range } = scene();
    expect(new Contenders().highest(beliefs.gaussian, range, Math.random)).toBeUndefined();
  });
});
