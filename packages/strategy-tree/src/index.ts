import type { AnyPlugin } from "@aide-ts/plugin";
import { greedy } from "./greedy.ts";

export { createGreedy, greedy, type GreedyOptions } from "./greedy.ts";
export default [greedy] satisfies readonly AnyPlugin[];
