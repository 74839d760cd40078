/** A script on one line whose line ends were escaped once too often. */
export const withLineEnds = (code: string): string =>
  code.trim().includes("\n")
    ? code
    : code.replaceAll(/\\(n|t|"|'|\\)/g, (_found, escaped: string) => ({ n: "\n", t: "\t" })[escaped] ?? escaped);
