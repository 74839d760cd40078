/** Inputs for each property: few in every run of the suite, as many as AIDE_FUZZ says in `test:full`. */
export const fuzzRuns = (usual: number): number => Number(process.env["AIDE_FUZZ"] ?? usual);

/** Files and folders that the properties of data are held to: `few` in the quick suite, 2,000 in a stage of their own, as AIDE_FOLDERS says. */
export const dialectRuns = (few: number): number => Number(process.env["AIDE_FOLDERS"] ?? few);
