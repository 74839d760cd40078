/** Labels as people write them: `1`, `1.0`; `True`, `true`. */
const normalLabel = (label: string): string => {
  const plain = label.trim();
  const number = plain === "" ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? String(number) : plain.toLowerCase();
};

const positives = ["1", "true", "yes", "y", "t", "positive", "pos"];

const isNumber = (label: string): boolean => label.trim() !== "" && Number.isFinite(Number(label));

/** Classes of a target in a fixed order, as the data writes them; of two, the last is the positive one. Numbers are one class however they are written. */
export const classesOf = (labels: Iterable<string>): readonly string[] => {
  const written = [...new Set(labels)];
  const areNumbers = written.every(isNumber);
  const distinct = areNumbers
    ? [...new Map(written.toReversed().map((label) => [Number(label), label])).values()]
    : written;
  const classes = distinct.sort((a, b) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : 1));
  const [first = "", second = ""] = classes;
  return classes.length === 2 && isPositive(first) && !isPositive(second) ? [second, first] : classes;
};

const isPositive = (label: string): boolean => positives.includes(normalLabel(label));

/** The index of a label among classes, or -1: exactly as it is written, else as people mean it, where that means one class only. */
export const labelReader = (classes: readonly string[]): ((label: string) => number) => {
  const exact = new Map(classes.map((label, at) => [label, at]));
  const alike = new Map<string, number>();
  classes.forEach((label, at) => {
    const normal = normalLabel(label);
    alike.set(normal, alike.has(normal) ? -1 : at);
  });
  return (label) => exact.get(label) ?? alike.get(normalLabel(label)) ?? -1;
};
