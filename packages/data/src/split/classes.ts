const positives = ["1", "true", "yes", "y", "t", "positive", "pos", "+"];
const negatives = ["0", "false", "no", "n", "f", "negative", "neg", "-", "none"];

/**
 * Classes in a fixed order: numbers by size, words by the alphabet; of two, the positive one last. That is `positive` where it is given, else what is
 * called so.
 */
export const orderClasses = (labels: readonly string[], positive: string | undefined): readonly string[] => {
  const classes = labels.toSorted((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  if (classes.length !== 2) return classes;
  const [first = "", second = ""] = classes;
  const given = positive === undefined ? undefined : classes.find((label) => isSame(label, positive));
  if (given !== undefined) return [given === first ? second : first, given];
  const says = (words: readonly string[], label: string) => words.includes(label.trim().toLowerCase());
  const turned =
    (says(positives, first) && !says(positives, second)) || (says(negatives, second) && !says(negatives, first));
  return turned ? [second, first] : classes;
};

const isSame = (label: string, other: string): boolean =>
  label === other ||
  label.trim().toLowerCase() === other.trim().toLowerCase() ||
  (other.trim() !== "" && Number(label) === Number(other));
