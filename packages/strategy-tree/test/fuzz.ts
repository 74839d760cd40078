import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

/** Inputs for each property: each is a whole tree. */
export const fuzzRuns = Math.min(runs(200), 5000);

/** Whether this is the full run. */
export const isFull = process.env["AIDE_FUZZ"] !== undefined;
