import type { AnyPlugin } from "@aide-ts/plugin";
import { random } from "./random.ts";

export type { CommandShell } from "./commands/command-shell.ts";
export { freezeRuns } from "./commands/freeze-runs.ts";
export { replayPools } from "./commands/replay-pools.ts";
export type { Landscape, Seen, Spot } from "./landscapes/landscape.ts";
export { landscapes } from "./landscapes/landscapes.ts";
export { finishedRun } from "./pool/finished-run.ts";
export { freeze, type FinishedRun } from "./pool/freeze.ts";
export { frozen } from "./pool/frozen.ts";
export { parsePool, renderPool, type Pool, type PoolNode } from "./pool/pool-file.ts";
export { replay, type Replayed, type ReplaySettings, type Standing } from "./replay/replay.ts";
export { pointsOf, renderReplays, type ReplayTable } from "./replay/replay-table.ts";
export { study, type Study, type StudyPoint, type StudySettings } from "./replay/study.ts";
export { random };
export default [random] satisfies readonly AnyPlugin[];
