import type { AnyPlugin } from "@aide-ts/plugin";
import { ablateBlocks } from "./ablate-blocks.ts";
import { predictBeforeRunning } from "./predict-before-running.ts";
import { tune } from "./tune.ts";

const plugins: readonly AnyPlugin[] = [tune, ablateBlocks, predictBeforeRunning];

export default plugins;
export { ablateBlocks, predictBeforeRunning, tune };
