import type { Metric } from "./metric.ts";

type Score = Metric["score"];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const errors = (truth: readonly number[], predicted: readonly number[]): number[] =>
  truth.map((value, at) => value - (predicted[at] ?? Number.NaN));

const mse: Score = (truth, predicted) => mean(errors(truth, predicted).map((error) => error * error));
const rmse: Score = (truth, predicted) => Math.sqrt(mse(truth, predicted));
const mae: Score = (truth, predicted) => mean(errors(truth, predicted).map(Math.abs));

/** Of log(1 + x); a prediction at or below −1 has no logarithm and makes the score NaN. */
const rmsle: Score = (truth, predicted) => rmse(truth.map(Math.log1p), predicted.map(Math.log1p));

const medianAbsoluteError: Score = (truth, predicted) => {
  const sorted = errors(truth, predicted)
    .map(Math.abs)
    .sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : mean(sorted.slice(middle - 1, middle + 1));
};

/** As scikit-learn: zero truths are divided by machine epsilon. */
const mape: Score = (truth, predicted) =>
  mean(
    errors(truth, predicted).map((error, at) => Math.abs(error) / Math.max(Math.abs(truth[at] ?? 0), Number.EPSILON)),
  );

const smape: Score = (truth, predicted) =>
  mean(
    truth.map((value, at) => {
      const other = predicted[at] ?? Number.NaN;
      const size = Math.abs(value) + Math.abs(other);
      return size === 0 ? 0 : (2 * Math.abs(value - other)) / size;
    }),
  );

const r2: Score = (truth, predicted) => {
  const centre = mean(truth);
  const total = mean(truth.map((value) => (value - centre) ** 2));
  return total === 0 ? 0 : 1 - mse(truth, predicted) / total;
};

const minimized = (name: string, score: Score): Metric => ({ name, direction: "minimize", input: "number", score });

export const regressionMetrics: readonly Metric[] = [
  minimized("rmse", rmse),
  minimized("rmsle", rmsle),
  minimized("mse", mse),
  minimized("mae", mae),
  minimized("medae", medianAbsoluteError),
  minimized("mape", mape),
  minimized("smape", smape),
  { name: "r2", direction: "maximize", input: "number", score: r2 },
];
