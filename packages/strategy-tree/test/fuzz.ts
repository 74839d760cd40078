import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

/** Inputs for each property. */
export const fuzzRuns = runs(200);

/** Whether this is the full run. */
export const isFull = process.env["AIDE_FUZZ"] !== undefined;
