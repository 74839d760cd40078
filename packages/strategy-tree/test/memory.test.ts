import type { AnyPlugin, Plugin, Solution } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import plugins, { abMcts, beam, bestFirst, evolutionary, greedy, repeatedSampling, uct } from "../src/index.ts";
import { treeRuns } from "./fuzz.ts";
import { directions, scoresOf } from "./made-up.ts";
import { NaiveTree } from "./naive.ts";
import { optionsOf } from "./options-of.ts";
import { searched } from "./searched.ts";

type Cited = (tree: NaiveTree, on: Solution | undefined, operator: string, limit: number) => readonly Solution[];

const newest = (nodes: readonly Solution[], limit: number) => (limit === 0 ? [] : nodes.slice(-limit));

/** What each kind of memory cites, by its description. */
const kinds: Readonly<Record<string, Cited>> = {
  none: () => [],
  good: (tree, _on, operator, limit) =>
    operator === "debug" ? [] : tree.ranked(tree.nodes.filter(({ evaluation }) => evaluation.valid)).slice(0, limit),
  siblings: (tree, on, _operator, limit) => newest(tree.children(on), limit),
  "ancestors-failed": (tree, on, operator, limit) => {
    if (operator !== "debug") return [];
    const failures: Solution[] = [];
    for (let at = on; at?.evaluation.valid === false; at = tree.node(at.parents[0])) failures.push(at);
    const fixes = tree.nodes.filter(
      (node) => node !== on && !node.evaluation.valid && failures.some(({ id }) => id === node.parents[0]),
    );
    return newest(fixes, limit);
  },
};

const checked = <O>(name: string, plugin: Plugin<"search", O>, given: Record<string, unknown> = {}): void => {
  for (const [cite, cited] of Object.entries(kinds))
    it(`${name} cites ${cite}`, () => {
      const limits = fc.integer({ min: 0, max: 5 });
      const slots = fc.constantFrom(1, 3);
      fc.assert(
        fc.property(scoresOf(30), directions, limits, slots, (scores, direction, limit, most) => {
          searched(plugin, optionsOf(plugin, { ...given, memory: { cite, limit } }), {
            steps: 30,
            slots: most,
            direction,
            score: (_, number) => scores[number],
            onAsk({ ask, outcomes }) {
              if (ask.kind !== "propose") return;
              const { parents, memory, operator } = ask.proposal;
              const tree = new NaiveTree(direction, outcomes);
              const wanted = cited(tree, tree.node(parents[0]), operator, limit).map(({ id }) => id);
              expect(memory).toEqual(wanted.filter((id) => !parents.includes(id)));
            },
          });
        }),
        { numRuns: Math.ceil(treeRuns / 10) },
      );
      // Where everything fails, or nothing, there is something to cite.
      const score = (_: unknown, number: number) => (cite === "ancestors-failed" ? undefined : number);
      const { proposals } = searched(plugin, optionsOf(plugin, { ...given, memory: cite }), { steps: 60, score });
      expect(proposals.some(({ memory }) => memory.length > 0)).toBe(cite !== "none");
    });
};

describe("memory", () => {
  checked("greedy", greedy);
  checked("repeated-sampling", repeatedSampling, { debug: 3 });
  checked("best-first", bestFirst);
  checked("beam", beam, { width: 2, children: 2 });
  checked("uct", uct, { children: 2 });
  checked("ab-mcts", abMcts);
  checked("evolutionary", evolutionary, { generation: 2 });

  it("is an option of every search: a name, a number of good ones, or a name with a limit", () => {
    const searches = plugins.filter((plugin: AnyPlugin) => plugin.kind === "search");
    expect(searches).toHaveLength(7);
    for (const plugin of searches) {
      for (const memory of [...Object.keys(kinds), 3, { cite: "siblings" }, { cite: "good", limit: 2 }])
        expect(plugin.options["~standard"].validate({ memory })).toHaveProperty("value");
      expect(plugin.options["~standard"].validate({ memory: "siblngs" })).toHaveProperty("issues");
    }
  });

  it("as a number is that of good solutions", () => {
    const run = (memory: unknown) =>
      searched(bestFirst, optionsOf(bestFirst, { memory }), { steps: 20, score: (_, number) => number % 7 }).proposals;
    expect(run(2)).toEqual(run({ cite: "good", limit: 2 }));
    expect(run("good")).toEqual(run({ cite: "good" }));
    expect(run(0).every(({ memory }) => memory.length === 0)).toBe(true);
  });
});
