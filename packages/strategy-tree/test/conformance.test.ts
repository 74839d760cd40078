import type { Plugin } from "@aide-ts/plugin";
import { searchConformance, strategyConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { abMcts, beam, bestFirst, evolutionary, greedy, repeatedSampling, treeOfThought, uct } from "../src/index.ts";
import { optionsOf } from "./options-of.ts";

const memories = ["none", "good", "siblings", { cite: "ancestors-failed", limit: 3 }];

/** The suite for each set of options, with other memories in turn. */
const conforming = <O>(plugin: Plugin<"search", O>, ...cases: readonly Record<string, unknown>[]): void => {
  for (const [at, given] of cases.entries())
    describe(`with ${JSON.stringify(given)}`, () => {
      const memory = memories[at % memories.length];
      searchConformance({ describe, it }, { plugin, options: optionsOf(plugin, { memory, ...given }) });
    });
};

conforming(greedy, { drafts: 3, maxDebugDepth: 2, memory: 4 }, { debugProbability: 1, maxDebugDepth: 20 });
conforming(repeatedSampling, {}, { debug: 2, memory: "siblings" });
conforming(bestFirst, {}, { drafts: 1, children: 3, memory: "ancestors-failed" });
conforming(
  beam,
  { width: 2, children: 2 },
  { width: 3, children: 2, diverse: true },
  { width: 1, children: 1, levels: 9 },
);
conforming(
  uct,
  {},
  { children: 2, c: 1, memory: "siblings" },
  { bounds: [0, 1], maxDebugDepth: 0 },
  { time: { seconds: 60 } },
);
conforming(
  abMcts,
  {},
  { prior: "beta", roles: ["code", "second"], crossover: true },
  { actionChoice: "ucb", roles: ["code", "second"] },
  { actionChoice: "stack", roles: ["code", "second"], bounds: [0, 1] },
);
conforming(
  evolutionary,
  {},
  { islands: 3, generation: 2, migrationEvery: 2, population: 4, selection: "rank", memory: "siblings" },
);

const planned = [
  { thoughts: 3, breadth: 2 },
  { operators: ["draft", "improve", "debug"], thoughts: 2, breadth: 1, votes: 2 },
];
for (const given of planned)
  describe(`with ${JSON.stringify(given)}`, () => {
    strategyConformance({ describe, it }, { plugin: treeOfThought, options: optionsOf(treeOfThought, given) });
  });
