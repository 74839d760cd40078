import type { AnyPlugin } from "@aide-ts/plugin";
import { ablateBlocks } from "./ablate-blocks.ts";
import { crossBranchLessons } from "./cross-branch-lessons.ts";
import { predictBeforeRunning } from "./predict-before-running.ts";
import { tune } from "./tune.ts";

const plugins: readonly AnyPlugin[] = [tune, ablateBlocks, predictBeforeRunning, crossBranchLessons];

export default plugins;
export { ablateBlocks, crossBranchLessons, predictBeforeRunning, tune };
