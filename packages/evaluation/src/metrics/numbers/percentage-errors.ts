import { meanOf } from "../mean.ts";
import type { NumberMetric, Numbers } from "../metric.ts";

/** As scikit-learn: an error beside a true 0 is divided by machine epsilon. */
const mape = (truth: Numbers, predicted: Numbers): number =>
  meanOf(truth, predicted, (a, p) => Math.abs(a - p) / Math.max(Math.abs(a), Number.EPSILON));

/** Of the mean of both sizes, 0…2; two zeros are no error. */
const smape = (truth: Numbers, predicted: Numbers): number =>
  meanOf(truth, predicted, (a, p) => {
    const size = Math.abs(a) + Math.abs(p);
    return size === 0 ? 0 : (2 * Math.abs(a - p)) / size;
  });

/** All errors beside all true values. */
const wmape = (truth: Numbers, predicted: Numbers): number => {
  const size = meanOf(truth, predicted, Math.abs);
  return size === 0 ? Number.NaN : meanOf(truth, predicted, (a, p) => Math.abs(a - p)) / size;
};

/** Rows whose true value is 0 do not count. */
const rmspe = (truth: Numbers, predicted: Numbers): number => {
  let [sum, rows] = [0, 0];
  for (let at = 0; at < truth.length; at++) {
    const actual = truth[at] ?? Number.NaN;
    if (actual === 0) continue;
    sum += ((actual - (predicted[at] ?? Number.NaN)) / actual) ** 2;
    rows++;
  }
  return Math.sqrt(sum / rows);
};

const minimized = (name: string, score: NumberMetric["score"]): NumberMetric => ({
  name,
  direction: "minimize",
  input: "number",
  score,
});

export const percentageErrorMetrics: readonly NumberMetric[] = [
  minimized("mape", mape),
  minimized("smape", smape),
  { ...minimized("wmape", wmape), undefinedWhere: "all true values are 0" },
  { ...minimized("rmspe", rmspe), undefinedWhere: "all true values are 0" },
];
