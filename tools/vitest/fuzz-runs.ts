/** Inputs for each property: few in every run of the suite, as many as AIDE_FUZZ says in `test:full`. */
export const fuzzRuns = (usual: number): number => Number(process.env["AIDE_FUZZ"] ?? usual);
