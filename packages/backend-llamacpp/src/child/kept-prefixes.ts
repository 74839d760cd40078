/** What one sequence of the context still holds. */
export interface Kept {
  readonly tokens: readonly number[];
  /** Grows with every use; 0 for never. */
  readonly used: number;
}

export const commonPrefix = (a: readonly number[], b: readonly number[]): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
};

/** A match that saves less than this part of what it destroys is not worth it: two prompts may share a system message and nothing else. */
const worth = 0.25;

/**
 * The sequence to evaluate `prompt` on: the one that shares the longest prefix with it, unless that would throw away much more than it
 * saves; then an empty one, or the one used longest ago.
 */
export const choosePrefix = (kept: readonly Kept[], prompt: readonly number[]): number => {
  const ranked = kept.map((sequence, index) => {
    const shared = commonPrefix(sequence.tokens, prompt);
    return { index, shared, lost: sequence.tokens.length - shared, used: sequence.used };
  });
  const best = ranked.toSorted((a, b) => b.shared - a.shared || a.lost - b.lost || a.used - b.used)[0];
  if (best !== undefined && best.shared > 0 && best.shared >= best.lost * worth) return best.index;
  const oldest = ranked.toSorted(
    (a, b) => Math.sign(a.lost + a.shared) - Math.sign(b.lost + b.shared) || a.used - b.used,
  );
  return oldest[0]?.index ?? 0;
};
