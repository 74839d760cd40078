import { fuzzRuns as runs } from "../../../tools/vitest/fuzz-runs.ts";

/** Cases for each property. */
export const fuzzRuns = runs(500);

/** Where CPython is asked in every case. */
export const pythonRuns = Math.min(fuzzRuns, 20_000);

/** Milliseconds that all the cases of one property may take: 100,000 take minutes. */
export const patience = { timeout: 3_600_000 };
