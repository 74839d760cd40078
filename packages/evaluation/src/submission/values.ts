/** Labels as people write them: `1`, `1.0`; `True`, `true`. */
export const normalLabel = (label: string): string => {
  const plain = label.trim();
  const number = plain === "" ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? String(number) : plain.toLowerCase();
};

const positives = ["1", "true", "yes", "y", "t", "positive", "pos"];

/** Classes of a target in a fixed order; of two, the last is the positive one. */
export const classesOf = (labels: Iterable<string>): readonly string[] => {
  const classes = [...new Set([...labels].map(normalLabel))].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  if (classes.length !== 2) return classes;
  const [first = "", second = ""] = classes;
  return positives.includes(first) && !positives.includes(second) ? [second, first] : classes;
};
