import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import type { Metric } from "../metrics/metric.ts";
import { standardError } from "../metrics/standard-error.ts";
import { normalKey } from "./check.ts";
import { classesOf, normalLabel } from "./values.ts";

export type Scored =
  | {
      readonly ok: true;
      readonly value: number;
      readonly error: number;
      /** What the best constant gets. */
      readonly trivial: number;
      /** Better than the best constant. */
      readonly useful: boolean;
      /** The range of the predictions beside that of the training target: says at once where a transformation was not undone. */
      readonly scale: string;
    }
  | { readonly ok: false; readonly problem: string };

interface Column {
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
  readonly train: readonly number[];
}

/** Scores the rows held back; several targets are averaged. */
export const scoreHeldOut = (
  metric: Metric,
  format: SubmissionFormat,
  held: HeldOut,
  rows: ReadonlyMap<string, readonly string[]>,
): Scored => {
  const keys = [...held.truth.keys()];
  const columns: Column[] = [];
  for (let target = 0; target < format.targets.length; target++) {
    const truth = keys.map((key) => held.truth.get(key)?.[target] ?? "");
    const train = held.train.map((row) => row[target] ?? "");
    const answers = keys.map((key) => rows.get(normalKey(key)) ?? []);
    const column =
      format.kind === "class-probabilities"
        ? fromClassColumns(metric, format, truth, train, answers)
        : read(
            metric,
            truth,
            train,
            answers.map((row) => row[target] ?? ""),
          );
    if (typeof column === "string") return { ok: false, problem: column };
    columns.push(column);
  }
  const value = average(columns.map(({ truth, predicted }) => metric.score(truth, predicted)));
  const scale = metric.input === "number" ? columns.map(scaleOf).join(" ") : "";
  if (!Number.isFinite(value))
    return { ok: false, problem: `The predictions give no finite ${metric.name}. ${scale}`.trim() };
  const error = average(columns.map(({ truth, predicted }) => standardError(metric, truth, predicted)));
  const trivial = average(columns.map((column) => trivialScore(metric, column)));
  const useful = metric.direction === "minimize" ? value < trivial : value > trivial;
  return { ok: true, value, error, trivial, useful, scale };
};

const scaleOf = ({ predicted, train }: Column): string =>
  `The predictions lie between ${range(predicted)}, the target in the training data between ${range(train)}.`;

const range = (values: readonly number[]): string =>
  values
    .reduce<[number, number]>(
      ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    )
    .map((value) => String(Number(value.toPrecision(4))))
    .join(" and ");

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const read = (
  metric: Metric,
  truth: readonly string[],
  train: readonly string[],
  answers: readonly string[],
): Column | string => {
  if (metric.input === "number") {
    const predicted = answers.map(Number);
    const bad = predicted.findIndex((value) => !Number.isFinite(value));
    return bad === -1
      ? { truth: truth.map(Number), predicted, train: train.map(Number) }
      : `The prediction "${answers[bad]}" is not a finite number.`;
  }
  const classes = classesOf([...train, ...truth]);
  const index = (label: string) => classes.indexOf(normalLabel(label));
  const labels = { truth: truth.map(index), train: train.map(index) };
  const asLabels = answers.map(index);
  if (metric.input === "label") {
    const bad = asLabels.indexOf(-1);
    return bad === -1 || isRoundable(answers, classes)
      ? {
          ...labels,
          predicted:
            bad === -1 ? asLabels : answers.map((answer) => classes.indexOf(String(Math.round(Number(answer))))),
        }
      : `The prediction "${answers[bad]}" is none of the classes ${classes.slice(0, 8).join(", ")}.`;
  }
  const predicted = asLabels.every((label) => label !== -1) ? asLabels : answers.map(Number);
  const bad = predicted.findIndex((value) => !Number.isFinite(value));
  return bad === -1 ? { ...labels, predicted } : `The prediction "${answers[bad]}" is not a probability.`;
};

/** Numbers between whole classes, as a regressor gives them, are taken for the nearest class. */
const isRoundable = (answers: readonly string[], classes: readonly string[]): boolean =>
  answers.every((answer) => classes.includes(String(Math.round(Number(answer)))));

const fromClassColumns = (
  metric: Metric,
  format: SubmissionFormat,
  truth: readonly string[],
  train: readonly string[],
  answers: readonly (readonly string[])[],
): Column | string => {
  const names = format.columns.filter((name) => name !== format.id).map(normalLabel);
  const labels = (values: readonly string[]) => values.map((value) => names.indexOf(normalLabel(value)));
  const probabilities = answers.map((row) => row.map(Number));
  if (probabilities.flat().some((value) => !Number.isFinite(value))) return "A probability is not a finite number.";
  if (metric.input === "label") {
    return {
      truth: labels(truth),
      train: labels(train),
      predicted: probabilities.map((row) => row.indexOf(Math.max(...row))),
    };
  }
  // The probability given to the true class: log loss over classes is the binary one of "was it right".
  const actual = labels(truth);
  const predicted = probabilities.map(
    (row, at) => (row[actual[at] ?? 0] ?? 0) / row.reduce((sum, value) => sum + value, 0),
  );
  return { truth: actual.map(() => 1), predicted, train: train.map(() => 1) };
};

/** The best that a constant gets: mean, median or geometric mean of numbers; the most frequent class; the share of the positive class. */
const trivialScore = (metric: Metric, { truth, train }: Column): number => {
  const constants =
    metric.input === "number" ? centres(train) : metric.input === "label" ? [mode(train)] : [average(train)];
  const scores = constants
    .map((constant) =>
      metric.score(
        truth,
        truth.map(() => constant),
      ),
    )
    .filter(Number.isFinite);
  if (scores.length === 0) return Number.NaN;
  return metric.direction === "minimize" ? Math.min(...scores) : Math.max(...scores);
};

const centres = (values: readonly number[]): readonly number[] => {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const geometric = sorted[0] !== undefined && sorted[0] > -1 ? Math.expm1(average(sorted.map(Math.log1p))) : median;
  return [average(values), median, geometric];
};

const mode = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
};
