import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

/** Inputs for each property. */
export const fuzzRuns = runs(200);
