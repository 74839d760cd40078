/** Where a call stands in a run: proposal, branch path, number within the branch. File-safe with `-` between its parts. */
export const place = (number: number, path: readonly string[], call: number): string =>
  [number, ...path, call].join("-");

/** The place of the verdict on a code, which is judged once in a run, whoever asks. */
export const evaluationPlace = (codeHash: string): string => `evaluate-${codeHash}`;

/** Whether an id may name a file or folder on every system. */
export const isFileSafe = (id: string): boolean => /^[\w-][\w.-]{0,199}$/.test(id) && !id.endsWith(".");

const natural = new Intl.Collator("en", { numeric: true });

/** Orders places and ids by their numbers: `3-0.2-1` before `3-0.10-1`. */
export const comparePlaces = (a: string, b: string): number => {
  const [left, right] = [a.split("-"), b.split("-")];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = natural.compare(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
};
