export { createRunFolders, discardUnbegun, findRun, findRuns, listRuns, type RunFolders } from "./folders.ts";
export { listHints, writeHints } from "./hints.ts";
export { readRun } from "./read-run.ts";
export { inRun, isBegun, readRecord, type RunRecord } from "./record.ts";
