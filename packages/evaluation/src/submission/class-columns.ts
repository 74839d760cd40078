import type { SubmissionFormat } from "@aide-ts/plugin";
import { greatestColumn } from "../metrics/greatest-column.ts";
import type { Matrix, Metric, MetricInput } from "../metrics/metric.ts";
import { answeredNumbers, classesAmong, indexes, type Classes, type TargetCells } from "./cells.ts";
import { nameOf, numbers, someOf, wrong, type ComparedTarget } from "./compared-target.ts";
import { classesOf } from "./values.ts";

/** Reads a column of probabilities for each class; of two classes the positive one's counts where the metric is of one. */
export const compareClassColumns = (
  forms: readonly Metric[],
  format: SubmissionFormat,
  cells: TargetCells,
): ComparedTarget => {
  const columns = format.columns.filter((name) => !format.id.includes(name));
  const classes = classesAmong(cells, format.classes ?? columns);
  if (classes.labels.length !== columns.length)
    return wrong(
      `There are ${columns.length} columns of probabilities for the ${classes.labels.length} classes ${someOf(classes.labels)}.`,
    );
  const flat = answeredNumbers(cells.answers.flat());
  if (typeof flat === "string") return wrong(flat);
  const predicted: Matrix = { values: flat, columns: columns.length };
  const truth = indexes(cells.truth, classes);
  const fitting = formOf(
    forms,
    classes.labels.length === 2 ? ["probability", "class-probabilities", "label"] : ["class-probabilities", "label"],
  );
  if (fitting === undefined) return wrong(`${nameOf(forms)} cannot score a column of probabilities for each class.`);
  if ("inUnit" in fitting && !areProbabilities(predicted))
    return wrong(`${fitting.name} takes probabilities: each from 0 to 1, and in no row all 0.`);
  if (fitting.input === "class-probabilities")
    return { ok: true, compared: { input: "class-probabilities", metric: fitting, truth, predicted }, classes };
  if (fitting.input === "label") return numbers(fitting, truth, greatestColumn(predicted), classes);
  return ofPositive(fitting, truth, predicted, classes);
};

type ClassForm = Extract<Metric, { input: "probability" | "class-probabilities" | "label" }>;

const formOf = (forms: readonly Metric[], wanted: readonly MetricInput[]): ClassForm | undefined => {
  for (const input of wanted)
    for (const form of forms)
      if (
        form.input === input &&
        (form.input === "probability" || form.input === "class-probabilities" || form.input === "label")
      )
        return form;
  return undefined;
};

const ofPositive = (
  metric: Extract<Metric, { input: "probability" }>,
  truth: Float64Array,
  { values, columns }: Matrix,
  { labels }: Classes,
): ComparedTarget => {
  const positive = labels.indexOf(classesOf(labels).at(-1) ?? "");
  const predicted = truth.map((_, row) => {
    const own = values[row * columns + positive] ?? Number.NaN;
    return metric.inUnit === true ? own / (own + (values[row * columns + 1 - positive] ?? 0)) : own;
  });
  const two = positive === 1 ? labels : labels.toReversed();
  const indexOf = (label: string) => two.indexOf(label);
  return numbers(
    metric,
    truth.map((label) => (label === positive ? 1 : 0)),
    predicted,
    { labels: two, indexOf },
  );
};

const areProbabilities = ({ values, columns }: Matrix): boolean => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (!(value >= 0 && value <= 1)) return false;
    sum += value;
    if (at % columns !== columns - 1) continue;
    if (sum === 0) return false;
    sum = 0;
  }
  return true;
};
