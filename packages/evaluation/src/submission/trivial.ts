import { scoreOf, type Compared } from "../metrics/compared.ts";
import { mean } from "../metrics/mean.ts";
import type { Numbers } from "../metrics/metric.ts";
import { quantile } from "../metrics/numbers/quantile.ts";
import { dataNumber, indexes, type Classes } from "./cells.ts";

/** How many labels a constant ranking has. */
const ranked = 20;

/**
 * The score of the best constant that follows from the training labels: of numbers mean, median, lower quartile and geometric mean; the most frequent
 * class, text or labels; shares of classes. NaN where none has a score.
 */
export const trivialScore = (compared: Compared, classes: Classes | undefined, train: readonly string[]): number => {
  const known = train.filter((label) => label.trim() !== "");
  const { direction, constantScore } = compared.metric;
  if (constantScore !== undefined) return constantScore;
  const scores = constantsFor(compared, classes, known).map(scoreOf).filter(Number.isFinite);
  if (scores.length === 0) return Number.NaN;
  return direction === "minimize" ? Math.min(...scores) : Math.max(...scores);
};

const constantsFor = (
  compared: Compared,
  classes: Classes | undefined,
  train: readonly string[],
): readonly Compared[] => {
  const { truth } = compared;
  switch (compared.input) {
    case "numbers":
      return constants(compared, classes, train).map((constant) => ({
        ...compared,
        predicted: new Float64Array(truth.length).fill(constant),
      }));
    case "class-probabilities": {
      const row = shares(classes, train);
      const values = new Float64Array(truth.length * row.length);
      for (let at = 0; at < values.length; at++) values[at] = row[at % row.length] ?? 0;
      return [{ ...compared, predicted: { values, columns: row.length } }];
    }
    case "ranking": {
      const labels = mostFrequent(train.flatMap((cell) => cell.split(/\s+/).filter((word) => word !== "")));
      return [{ ...compared, predicted: compared.truth.map(() => labels.slice(0, ranked)) }];
    }
    case "text": {
      const [text = ""] = mostFrequent(train);
      return [{ ...compared, predicted: compared.truth.map(() => text) }];
    }
  }
};

const constants = (
  { metric }: Extract<Compared, { input: "numbers" }>,
  classes: Classes | undefined,
  train: readonly string[],
): readonly number[] => {
  if (metric.input === "number") {
    const values = Float64Array.from(train, dataNumber).filter(Number.isFinite);
    return [...centres(values), ...(metric.constant === undefined ? [] : [metric.constant(values)])];
  }
  const byClass = shares(classes, train);
  if (metric.input === "probability") return [byClass[1] ?? 0];
  return metric.ofTwo === true ? [0, 1] : [byClass.indexOf(Math.max(...byClass))];
};

const centres = (values: Numbers): readonly number[] => {
  const positive = Float64Array.from(values).every((value) => value > -1);
  const geometric = positive ? [Math.expm1(mean(Float64Array.from(values, Math.log1p)))] : [];
  return [mean(values), quantile(values, 0.5), quantile(values, 0.25), ...geometric];
};

/** Of each class among the training labels. */
const shares = (classes: Classes | undefined, train: readonly string[]): readonly number[] => {
  if (classes === undefined) return [];
  const counts = classes.labels.map(() => 0);
  let known = 0;
  for (const index of indexes(train, classes)) {
    if (index === -1) continue;
    counts[index] = (counts[index] ?? 0) + 1;
    known++;
  }
  return counts.map((count) => count / Math.max(1, known));
};

const mostFrequent = (labels: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label);
};
