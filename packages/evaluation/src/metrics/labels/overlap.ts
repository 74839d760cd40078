import type { LabelMetric } from "../metric.ts";
import { tally, type Tally } from "./tally.ts";

interface Counts {
  readonly actual: number;
  readonly predicted: number;
  readonly hits: number;
}

/** Of one class, or of all together. */
type Overlap = (counts: Counts) => number;

/** How the classes' scores become one; `binary` takes the positive class's. */
export type Average = "binary" | "macro" | "micro" | "weighted";

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const fbeta =
  (beta: number): Overlap =>
  ({ actual, predicted, hits }) =>
    ratio((1 + beta ** 2) * hits, beta ** 2 * actual + predicted);

const overlaps: Readonly<Record<string, Overlap>> = {
  f1: fbeta(1),
  precision: ({ predicted, hits }) => ratio(hits, predicted),
  recall: ({ actual, hits }) => ratio(hits, actual),
  jaccard: ({ actual, predicted, hits }) => ratio(hits, actual + predicted - hits),
};

const countsAt = ({ actual, predicted, hits }: Tally, at: number): Counts => ({
  actual: actual[at] ?? 0,
  predicted: predicted[at] ?? 0,
  hits: hits[at] ?? 0,
});

/** Classes that are neither true nor predicted in any row do not count, as in scikit-learn. */
const averaged = (overlap: Overlap, average: Average): LabelMetric["score"] => {
  if (average === "binary") return (truth, predicted) => overlap(countsAt(tally(truth, predicted), 1));
  if (average === "micro")
    return (truth, predicted) => {
      const { rows, hits } = tally(truth, predicted);
      return overlap({ actual: rows, predicted: rows, hits: hits.reduce((sum, count) => sum + count, 0) });
    };
  return (truth, predicted) => {
    const counts = tally(truth, predicted);
    let [sum, weights] = [0, 0];
    for (let at = 0; at < counts.actual.length; at++) {
      const own = countsAt(counts, at);
      if (own.actual + own.predicted === 0) continue;
      const weight = average === "macro" ? 1 : own.actual;
      sum += weight * overlap(own);
      weights += weight;
    }
    return sum / weights;
  };
};

const averages: readonly Average[] = ["binary", "macro", "micro", "weighted"];

const metricOf = (name: string, overlap: Overlap, average: Average): LabelMetric => ({
  name,
  direction: "maximize",
  input: "label",
  score: averaged(overlap, average),
  ...(average === "binary" && { ofTwo: true }),
});

const suffix = (average: Average): string => (average === "binary" ? "" : `_${average}`);

/** F-measure that weighs recall `beta` times as much as precision (van Rijsbergen 1979); `undefined` where beta is not positive. */
export const fbetaMetric =
  (average: Average) =>
  (beta: number): LabelMetric | undefined =>
    beta > 0 && Number.isFinite(beta) ? metricOf(`fbeta${suffix(average)}:${beta}`, fbeta(beta), average) : undefined;

const specificity: LabelMetric = {
  name: "specificity",
  direction: "maximize",
  input: "label",
  ofTwo: true,
  score: (truth, predicted) => {
    const { actual, hits } = countsAt(tally(truth, predicted), 0);
    return ratio(hits, actual);
  },
};

export const overlapMetrics: readonly LabelMetric[] = [
  ...Object.entries(overlaps).flatMap(([name, overlap]) =>
    averages.map((average) => metricOf(`${name}${suffix(average)}`, overlap, average)),
  ),
  specificity,
];
