import { random } from "../src/index.ts";
import type { Plugin, Search } from "@aide-ts/plugin";
import { abMcts, beam, bestFirst, evolutionary, greedy, repeatedSampling, uct } from "@aide-ts/strategy-tree";
import { optionsOf } from "./options-of.ts";

const made = <O>(plugin: Plugin<"search", O>, given: Record<string, unknown> = {}): (() => Search) => {
  const options = optionsOf(plugin, given);
  return () => plugin.create(options, undefined);
};

/** Searches that are done, wait, combine two parents, or go on for ever. */
export const searches: Readonly<Record<string, () => Search>> = {
  random: made(random),
  "repeated-sampling": made(repeatedSampling, { debug: 1 }),
  greedy: made(greedy),
  "best-first": made(bestFirst),
  beam: made(beam, { width: 2, children: 2, levels: 4 }),
  uct: made(uct),
  "ab-mcts": made(abMcts, { crossover: true }),
  evolutionary: made(evolutionary, { generation: 3, crossoverAfter: 1 }),
};
