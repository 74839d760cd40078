import { isConstant, mean, meanOf } from "../mean.ts";
import type { NumberMetric, Numbers } from "../metric.ts";
import { median } from "./quantile.ts";

const mse = (truth: Numbers, predicted: Numbers): number => meanOf(truth, predicted, (a, p) => (a - p) ** 2);
const mae = (truth: Numbers, predicted: Numbers): number => meanOf(truth, predicted, (a, p) => Math.abs(a - p));

/** Of log(1 + x). */
const msle = (truth: Numbers, predicted: Numbers): number =>
  meanOf(truth, predicted, (a, p) => (Math.log1p(a) - Math.log1p(p)) ** 2);

const absoluteErrors = (truth: Numbers, predicted: Numbers): Float64Array => {
  const errors = new Float64Array(truth.length);
  for (let at = 0; at < errors.length; at++)
    errors[at] = Math.abs((truth[at] ?? Number.NaN) - (predicted[at] ?? Number.NaN));
  return errors;
};

const maxError = (truth: Numbers, predicted: Numbers): number => {
  let most = 0;
  for (const error of absoluteErrors(truth, predicted)) most = Number.isNaN(error) ? error : Math.max(most, error);
  return most;
};

/** 1 where nothing is left of no spread, 0 where something is, as scikit-learn has it. */
const explained = (left: number, spread: number): number => (spread === 0 ? (left === 0 ? 1 : 0) : 1 - left / spread);

const spreadOf = (values: Numbers): number => {
  if (isConstant(values)) return 0;
  const centre = mean(values);
  return meanOf(values, values, (value) => (value - centre) ** 2);
};

const r2 = (truth: Numbers, predicted: Numbers): number =>
  truth.length < 2 ? Number.NaN : explained(mse(truth, predicted), spreadOf(truth));

const explainedVariance = (truth: Numbers, predicted: Numbers): number => {
  const errors = Float64Array.from(truth, (actual, at) => actual - (predicted[at] ?? Number.NaN));
  return explained(spreadOf(errors), spreadOf(truth));
};

const minimized = (name: string, score: NumberMetric["score"]): NumberMetric => ({
  name,
  direction: "minimize",
  input: "number",
  score,
});

const ofLogarithms = { undefinedWhere: "a number is −1 or less: it is a measure of log(1 + x)" };

export const errorMetrics: readonly NumberMetric[] = [
  minimized("rmse", (truth, predicted) => Math.sqrt(mse(truth, predicted))),
  { ...minimized("rmsle", (truth, predicted) => Math.sqrt(msle(truth, predicted))), ...ofLogarithms },
  minimized("mse", mse),
  { ...minimized("msle", msle), ...ofLogarithms },
  minimized("mae", mae),
  minimized("medae", (truth, predicted) => median(absoluteErrors(truth, predicted))),
  minimized("max_error", maxError),
  {
    name: "r2",
    direction: "maximize",
    input: "number",
    score: r2,
    undefinedWhere: "there are fewer than two rows",
  },
  { name: "explained_variance", direction: "maximize", input: "number", score: explainedVariance },
];
