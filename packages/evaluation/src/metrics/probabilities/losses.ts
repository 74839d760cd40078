import { meanOf } from "../mean.ts";
import type { ClassProbabilitiesMetric, Matrix, Metric, Numbers, ProbabilityMetric } from "../metric.ts";

/** As scikit-learn clips doubles since 1.3. */
const clipped = (value: number): number => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, value));

const logLoss: ProbabilityMetric["score"] = (truth, predicted) =>
  -meanOf(truth, predicted, (label, answer) => Math.log(label === 1 ? clipped(answer) : clipped(1 - answer)));

const brier: ProbabilityMetric["score"] = (truth, predicted) =>
  meanOf(truth, predicted, (label, answer) => (label - answer) ** 2);

/** Rows that do not sum to 1 are divided by their sum. */
const meanOfRows = (
  truth: Numbers,
  { values, columns }: Matrix,
  of: (probabilities: Float64Array, sum: number, label: number) => number,
): number => {
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const probabilities = values.subarray(row * columns, (row + 1) * columns);
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += probabilities[column] ?? Number.NaN;
    total += of(probabilities, sum, truth[row] ?? -1);
  }
  return total / truth.length;
};

const logLossOfClasses: ClassProbabilitiesMetric["score"] = (truth, predicted) =>
  -meanOfRows(truth, predicted, (row, sum, label) => Math.log(clipped((row[label] ?? 0) / sum)));

const brierOfClasses: ClassProbabilitiesMetric["score"] = (truth, predicted) =>
  meanOfRows(truth, predicted, (row, sum, label) => {
    let squares = 0;
    for (let column = 0; column < row.length; column++)
      squares += ((row[column] ?? 0) / sum - (column === label ? 1 : 0)) ** 2;
    return squares;
  });

const loss = (
  name: string,
  score: ProbabilityMetric["score"],
  ofClasses: ClassProbabilitiesMetric["score"],
): ProbabilityMetric => ({
  name,
  direction: "minimize",
  input: "probability",
  score,
  inUnit: true,
  otherForms: [{ name, direction: "minimize", input: "class-probabilities", score: ofClasses, inUnit: true }],
});

export const lossMetrics: readonly Metric[] = [
  loss("logloss", logLoss, logLossOfClasses),
  loss("brier", brier, brierOfClasses),
];
