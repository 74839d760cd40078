import type { AnyPlugin } from "@aide-ts/plugin";
import { ablateBlocks } from "./ablate-blocks.ts";
import { tune } from "./tune.ts";

const plugins: readonly AnyPlugin[] = [tune, ablateBlocks];

export default plugins;
export { ablateBlocks, tune };
