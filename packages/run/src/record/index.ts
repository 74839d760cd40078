export { createRunFolders, discardUnbegun, findRun, findRuns, listRuns, type RunFolders } from "./folders.ts";
export { listHints, writeHints } from "./hints.ts";
export { readRun, type ReadRun } from "./read-run.ts";
export { findRecordedRuns, type FoundRun } from "./recorded-runs.ts";
export { withoutAddress } from "./fingerprint.ts";
export { inRun, isBegun, readRecord, taskNameIn, type RunRecord } from "./record.ts";
