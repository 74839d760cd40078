import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

export { patience } from "../../../tools/vitest/fuzz-runs.ts";

/** Cases for each property. */
export const fuzzRuns = runs(1000);

/** Where CPython is asked in every case. */
export const pythonRuns = Math.min(fuzzRuns, 20_000);
