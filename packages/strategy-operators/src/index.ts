import type { AnyPlugin } from "@aide-ts/plugin";
import { ablateBlocks } from "./ablate-blocks.ts";
import { crossBranchLessons } from "./cross-branch-lessons.ts";
import { fusion } from "./fusion.ts";
import { merge } from "./merge.ts";
import { predictBeforeRunning } from "./predict-before-running.ts";
import { successiveHalving } from "./successive-halving.ts";
import { tune } from "./tune.ts";

const plugins: readonly AnyPlugin[] = [
  tune,
  ablateBlocks,
  predictBeforeRunning,
  crossBranchLessons,
  fusion,
  merge,
  successiveHalving,
];

export default plugins;
export { ablateBlocks, crossBranchLessons, fusion, merge, predictBeforeRunning, successiveHalving, tune };
