/** Inputs for each fuzz test: few in every run of the suite, many in `test:full`. */
export const fuzzRuns = Number(process.env["AIDE_FUZZ"] ?? 2000);
