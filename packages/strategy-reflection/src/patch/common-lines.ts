import { diffArrays } from "diff";

/** Places of a line that both sides keep. */
export type Pair = readonly [original: number, edited: number];

/**
 * A longest common subsequence, in order: Myers' O(ND) algorithm (1986) of the npm package `diff`. Ends that agree and lines that only one side has
 * are taken out first: no common subsequence loses by that, and a script that was rewritten is no longer the worst case.
 */
export const commonLines = (original: readonly string[], edited: readonly string[]): readonly Pair[] => {
  const shorter = Math.min(original.length, edited.length);
  let head = 0;
  while (head < shorter && original[head] === edited[head]) head++;
  let tail = 0;
  while (tail < shorter - head && original[original.length - 1 - tail] === edited[edited.length - 1 - tail]) tail++;
  const before = original.slice(head, original.length - tail);
  const after = edited.slice(head, edited.length - tail);
  return [
    ...Array.from({ length: head }, (_, at): Pair => [at, at]),
    ...inside(before, after).map(([a, b]): Pair => [a + head, b + head]),
    ...Array.from({ length: tail }, (_, at): Pair => [original.length - tail + at, edited.length - tail + at]),
  ];
};

const inside = (original: readonly string[], edited: readonly string[]): readonly Pair[] => {
  const [ours, theirs] = [new Set(original), new Set(edited)];
  const left = original.flatMap((line, at) => (theirs.has(line) ? [{ line, at }] : []));
  const right = edited.flatMap((line, at) => (ours.has(line) ? [{ line, at }] : []));
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of diffArrays(
    left.map(({ line }) => line),
    right.map(({ line }) => line),
  )) {
    if (!added && !removed) {
      for (let step = 0; step < count; step++) {
        const [a, b] = [left[i + step], right[j + step]];
        if (a !== undefined && b !== undefined) pairs.push([a.at, b.at]);
      }
    }
    if (!added) i += count;
    if (!removed) j += count;
  }
  return pairs;
};
