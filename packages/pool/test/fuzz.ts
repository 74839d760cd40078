import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

/** Inputs for each property. */
export const fuzzRuns = runs(200);

/** Where each input is a whole run of the engine, or several. */
export const runsOfEngine = Math.min(Math.ceil(fuzzRuns / 4), 2000);
