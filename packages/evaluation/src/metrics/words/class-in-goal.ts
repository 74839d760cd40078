const isWord = (label: string): boolean => /^\p{L}[\p{L} _-]{2,}$/u.test(label) && !general.test(label);

/** Labels that a goal says for other reasons, and of which it is known anyway which one is positive. */
const general = /^(?:yes|not?|true|false|positive|negative|none|other)$/i;

/** Of two classes the one that a goal speaks of, as in "tell which pumps have failed" of `failed` and `running`; none where it speaks of both. */
export const classInGoal = (goal: string, classes: readonly string[] = []): string | undefined => {
  if (classes.length !== 2 || !classes.every(isWord)) return undefined;
  const says = (label: string) => new RegExp(`(?<!\\p{L})${label}(?!\\p{L})`, "iu").test(goal);
  const named = classes.filter(says);
  return named.length === 1 ? named[0] : undefined;
};
