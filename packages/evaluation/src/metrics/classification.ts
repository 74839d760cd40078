import type { Metric } from "./metric.ts";

type Score = Metric["score"];

const accuracy: Score = (truth, predicted) =>
  truth.filter((value, at) => value === predicted[at]).length / truth.length;

interface Counts {
  readonly hit: number;
  readonly actual: number;
  readonly said: number;
}

const classCounts = (truth: readonly number[], predicted: readonly number[]): ReadonlyMap<number, Counts> => {
  const counts = new Map<number, { hit: number; actual: number; said: number }>();
  const of = (label: number) => {
    const known = counts.get(label) ?? { hit: 0, actual: 0, said: 0 };
    counts.set(label, known);
    return known;
  };
  truth.forEach((label, at) => {
    const answer = predicted[at] ?? -1;
    of(label).actual++;
    of(answer).said++;
    if (label === answer) of(label).hit++;
  });
  return counts;
};

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const f1Of = ({ hit, actual, said }: Counts): number => ratio(2 * hit, actual + said);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean recall over the classes that occur in the truth. */
const balancedAccuracy: Score = (truth, predicted) =>
  average(
    [...classCounts(truth, predicted).values()]
      .filter(({ actual }) => actual > 0)
      .map(({ hit, actual }) => hit / actual),
  );

const f1Macro: Score = (truth, predicted) => average([...classCounts(truth, predicted).values()].map(f1Of));

const f1Weighted: Score = (truth, predicted) =>
  [...classCounts(truth, predicted).values()].reduce((sum, counts) => sum + f1Of(counts) * counts.actual, 0) /
  truth.length;

const positive = (truth: readonly number[], predicted: readonly number[]): Counts =>
  classCounts(truth, predicted).get(1) ?? { hit: 0, actual: 0, said: 0 };

const f1: Score = (truth, predicted) => f1Of(positive(truth, predicted));
const precision: Score = (truth, predicted) => ratio(positive(truth, predicted).hit, positive(truth, predicted).said);
const recall: Score = (truth, predicted) => ratio(positive(truth, predicted).hit, positive(truth, predicted).actual);

/** Matthews' correlation, for any number of classes (Gorodkin 2004). */
const mcc: Score = (truth, predicted) => {
  const counts = [...classCounts(truth, predicted).values()];
  const n = truth.length;
  const hits = counts.reduce((sum, { hit }) => sum + hit, 0);
  const product = counts.reduce((sum, { actual, said }) => sum + actual * said, 0);
  const spread = (of: (counts: Counts) => number) => n * n - counts.reduce((sum, one) => sum + of(one) ** 2, 0);
  const below = Math.sqrt(spread(({ actual }) => actual) * spread(({ said }) => said));
  return below === 0 ? 0 : (hits * n - product) / below;
};

/** Cohen's kappa with quadratic weights: classes are taken in their order. */
const quadraticKappa: Score = (truth, predicted) => {
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < truth.length; i++) observed += ((truth[i] ?? 0) - (predicted[i] ?? 0)) ** 2;
  const tally = (values: readonly number[]) => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
  for (const [a, countA] of tally(truth))
    for (const [b, countB] of tally(predicted)) expected += (countA * countB * (a - b) ** 2) / truth.length;
  return expected === 0 ? 1 : 1 - observed / expected;
};

/** Area under the ROC curve by ranks; ties count half. NaN when only one class occurs. */
const auc: Score = (truth, predicted) => {
  const order = predicted.map((_, at) => at).sort((a, b) => (predicted[a] ?? 0) - (predicted[b] ?? 0));
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && predicted[order[end] ?? 0] === predicted[order[start] ?? 0]) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (truth[order[i] ?? 0] === 1) rankSum += rank;
    start = end;
  }
  const positives = truth.filter((value) => value === 1).length;
  const negatives = truth.length - positives;
  return positives === 0 || negatives === 0
    ? Number.NaN
    : (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
};

/** As scikit-learn clips doubles since 1.3. */
const clip = (value: number): number => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, value));

const logLoss: Score = (truth, predicted) =>
  -average(truth.map((label, at) => Math.log(label === 1 ? clip(predicted[at] ?? 0) : clip(1 - (predicted[at] ?? 0)))));

const brier: Score = (truth, predicted) => average(truth.map((label, at) => (label - (predicted[at] ?? 0)) ** 2));

const label = (name: string, score: Score): Metric => ({ name, direction: "maximize", input: "label", score });

export const classificationMetrics: readonly Metric[] = [
  label("accuracy", accuracy),
  label("balanced_accuracy", balancedAccuracy),
  label("f1", f1),
  label("f1_macro", f1Macro),
  label("f1_weighted", f1Weighted),
  label("precision", precision),
  label("recall", recall),
  label("mcc", mcc),
  label("quadratic_kappa", quadraticKappa),
  { name: "auc", direction: "maximize", input: "probability", score: auc },
  { name: "logloss", direction: "minimize", input: "probability", score: logLoss },
  { name: "brier", direction: "minimize", input: "probability", score: brier },
];
