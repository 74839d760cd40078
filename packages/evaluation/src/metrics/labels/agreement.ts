import type { LabelMetric, Numbers } from "../metric.ts";
import { tally, type Tally } from "./tally.ts";

type Score = LabelMetric["score"];

const accuracy: Score = (truth, predicted) => {
  let hits = 0;
  for (let at = 0; at < truth.length; at++) if (truth[at] === predicted[at]) hits++;
  return hits / truth.length;
};

const errorRate: Score = (truth, predicted) => 1 - accuracy(truth, predicted);

const dot = (a: Numbers, b: Numbers): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
};

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Mean recall over the classes that occur in the truth. */
const balancedAccuracy: Score = (truth, predicted) => {
  const { actual, hits } = tally(truth, predicted);
  let [sum, classes] = [0, 0];
  actual.forEach((count, at) => {
    if (count === 0) return;
    sum += (hits[at] ?? 0) / count;
    classes++;
  });
  return sum / classes;
};

/** Matthews' correlation, for any number of classes (Gorodkin 2004). */
const mcc: Score = (truth, predicted) => {
  const { rows, actual, predicted: answered, hits } = tally(truth, predicted);
  const spread = (rows ** 2 - dot(actual, actual)) * (rows ** 2 - dot(answered, answered));
  return spread === 0 ? 0 : (total(hits) * rows - dot(actual, answered)) / Math.sqrt(spread);
};

/** Cohen's kappa (1960; weighted 1968): 1 less the disagreement found beside the one that chance would make of the same counts. */
const kappa =
  (weight: (distance: number) => number, expected: (counts: Tally) => number): Score =>
  (truth, predicted) => {
    let observed = 0;
    for (let at = 0; at < truth.length; at++) observed += weight((truth[at] ?? 0) - (predicted[at] ?? 0));
    return 1 - (observed * truth.length) / expected(tally(truth, predicted));
  };

/** Each sums a weight over all pairs of a true and a predicted label, in one pass over the classes. */
const pairsApart = ({ rows, actual, predicted }: Tally): number => rows ** 2 - dot(actual, predicted);

const distances = ({ rows, actual, predicted }: Tally): number => {
  let [below, belowPredicted, sum] = [0, 0, 0];
  actual.forEach((count, at) => {
    below += count;
    belowPredicted += predicted[at] ?? 0;
    sum += below * (rows - belowPredicted) + belowPredicted * (rows - below);
  });
  return sum;
};

const squaredDistances = ({ rows, actual, predicted }: Tally): number => {
  const places = actual.map((_, at) => at);
  const squares = places.map((place) => place ** 2);
  return (
    rows * dot(actual, squares) + rows * dot(predicted, squares) - 2 * dot(actual, places) * dot(predicted, places)
  );
};

const label = (name: string, score: Score, direction: LabelMetric["direction"] = "maximize"): LabelMetric => ({
  name,
  direction,
  input: "label",
  score,
});

const ofAgreement = { undefinedWhere: "all true and all predicted labels are one class" };

export const agreementMetrics: readonly LabelMetric[] = [
  label("accuracy", accuracy),
  label("error_rate", errorRate, "minimize"),
  label("hamming_loss", errorRate, "minimize"),
  label("balanced_accuracy", balancedAccuracy),
  label("mcc", mcc),
  {
    ...label(
      "cohen_kappa",
      kappa((away) => (away === 0 ? 0 : 1), pairsApart),
    ),
    ...ofAgreement,
  },
  { ...label("linear_kappa", kappa(Math.abs, distances)), ...ofAgreement, ordered: true },
  {
    ...label(
      "quadratic_kappa",
      kappa((away) => away ** 2, squaredDistances),
    ),
    ...ofAgreement,
    ordered: true,
  },
];
