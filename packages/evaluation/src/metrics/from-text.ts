/** Rules from the words people use to the metrics of the library; the first that fits counts, so the special come before the general. */
const rules: readonly (readonly [RegExp, string])[] = [
  [
    /\brmsle\b|root mean squared? log|(rmse|root mean squared? error).*\blog(arithm)?s?\b|\blog(arithm)?s?\b.*(rmse|root mean squared? error)/,
    "rmsle",
  ],
  [/\brmse\b|root mean squared? error|root mean square/, "rmse"],
  [/\bsmape\b|symmetric mean absolute percentage/, "smape"],
  [/\bmape\b|mean absolute percentage/, "mape"],
  [/\bmedian absolute/, "medae"],
  [/\bmae\b|mean absolute error|absolute error/, "mae"],
  [/\bmse\b|mean squared? error|squared error/, "mse"],
  [/\br2\b|\br²|r-squared|r squared|coefficient of determination/, "r2"],
  [/log[- ]?loss|cross[- ]?entropy|logarithmic loss/, "logloss"],
  [/\bauc\b|roc|area under/, "auc"],
  [/brier/, "brier"],
  [/quadratic|\bqwk\b|weighted kappa/, "quadratic_kappa"],
  [/\bmcc\b|matthews/, "mcc"],
  [/balanced accuracy/, "balanced_accuracy"],
  [/macro.{0,12}\bf1|\bf1\b.{0,12}macro|f1_macro/, "f1_macro"],
  [/weighted.{0,12}\bf1|\bf1\b.{0,12}weighted/, "f1_weighted"],
  [/\bf1\b|f-score|f-measure|f1-score/, "f1"],
  [/accura|correctly (classified|predicted)|misclassif|error rate/, "accuracy"],
  [/\bprecision\b/, "precision"],
  [/\brecall\b|sensitivity/, "recall"],
];

/** The name of the metric that a text means; `undefined` where no rule fits. */
export const metricFromText = (text: string): string | undefined => {
  const plain = text.toLowerCase();
  return rules.find(([pattern]) => pattern.test(plain))?.[1];
};
