import type { AnyPlugin } from "@aide-ts/plugin";
import { abMcts } from "./ab-mcts/ab-mcts.ts";
import { beam } from "./beam.ts";
import { bestFirst } from "./best-first.ts";
import { evolutionary } from "./evolutionary/evolutionary.ts";
import { greedy } from "./greedy.ts";
import { repeatedSampling } from "./repeated-sampling.ts";
import { treeOfThought } from "./tree-of-thought/tree-of-thought.ts";
import { uct } from "./uct.ts";

export type { AbMctsOptions } from "./ab-mcts/options.ts";
export type { BeamOptions } from "./beam.ts";
export type { BestFirstOptions } from "./best-first.ts";
export type { EvolutionaryOptions } from "./evolutionary/options.ts";
export { createGreedy, greedy, type GreedyOptions } from "./greedy.ts";
export type { RepeatedSamplingOptions } from "./repeated-sampling.ts";
export type { TreeOfThoughtOptions } from "./tree-of-thought/tree-of-thought.ts";
export type { UctOptions } from "./uct.ts";
export { abMcts, beam, bestFirst, evolutionary, repeatedSampling, treeOfThought, uct };
export default [
  greedy,
  repeatedSampling,
  bestFirst,
  beam,
  uct,
  abMcts,
  evolutionary,
  treeOfThought,
] satisfies readonly AnyPlugin[];
