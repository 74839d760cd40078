import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

/** Inputs for each property. */
export const fuzzRuns = runs(200);

/** Where each input is a whole tree. */
export const treeRuns = Math.min(fuzzRuns, 5000);

/** Whether this is the full run. */
export const isFull = process.env["AIDE_FUZZ"] !== undefined;
