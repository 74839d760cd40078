import type { SubmissionFormat } from "@aide-ts/plugin";
import type { Metric } from "../metrics/metric.ts";
import { answeredNumbers, classesAmong, dataNumber, indexes, type Classes, type TargetCells } from "./cells.ts";
import { nameOf, numbers, someOf, wrong, type ComparedTarget } from "./compared-target.ts";
import { nearestClasses } from "./nearest-class.ts";

/** Reads a target's one column of answers: numbers, labels, probabilities of the positive class, rankings or texts. */
export const compareColumn = (
  forms: readonly Metric[],
  format: SubmissionFormat,
  cells: TargetCells,
): ComparedTarget => {
  const own = () => cells.answers.map((row) => row[cells.column] ?? "");
  const classes = forms.some(({ input }) => input === "label" || input === "probability")
    ? classesAmong(cells, format.classes)
    : undefined;
  const areTwo = classes !== undefined && classes.labels.length <= 2;
  for (const form of forms) {
    if (form.input === "number") return compareNumbers(form, cells, own());
    if (form.input === "label" && classes !== undefined) return compareLabels(form, cells, own(), classes);
    if (form.input === "probability" && classes !== undefined && areTwo)
      return compareProbabilities(form, cells, own(), classes);
    if (form.input === "ranking")
      return {
        ok: true,
        compared: {
          input: "ranking",
          metric: form,
          truth: cells.truth.map(distinctWords),
          predicted: own().map(words),
        },
        classes: undefined,
      };
    if (form.input === "text")
      return {
        ok: true,
        compared: { input: "text", metric: form, truth: cells.truth, predicted: own() },
        classes: undefined,
      };
  }
  return wrong(
    `${nameOf(forms)} of ${classes?.labels.length ?? "several"} classes needs a column with the probability of each.`,
  );
};

const words = (cell: string): readonly string[] => cell.split(/\s+/).filter((word) => word !== "");
const distinctWords = (cell: string): readonly string[] => [...new Set(words(cell))];

const compareNumbers = (
  metric: Extract<Metric, { input: "number" }>,
  { name, truth }: TargetCells,
  answers: readonly string[],
): ComparedTarget => {
  const predicted = answeredNumbers(answers);
  if (typeof predicted === "string") return wrong(predicted);
  const actual = Float64Array.from(truth, dataNumber);
  const odd = actual.findIndex((value) => !Number.isFinite(value));
  return odd === -1
    ? numbers(metric, actual, predicted)
    : wrong(`${metric.name} is of numbers, and the target ${name} holds "${truth[odd]}".`);
};

const compareLabels = (
  metric: Extract<Metric, { input: "label" }>,
  { truth }: TargetCells,
  answers: readonly string[],
  classes: Classes,
): ComparedTarget => {
  if (metric.ofTwo === true && classes.labels.length > 2)
    return wrong(
      `${metric.name} is of two classes, and there are ${classes.labels.length}: ${someOf(classes.labels)}.`,
    );
  const predicted = indexes(answers, classes);
  const bad = predicted.indexOf(-1);
  const rounded = bad === -1 ? predicted : nearestClasses(answers, classes);
  return rounded === undefined
    ? wrong(`The prediction "${answers[bad]}" is none of the classes ${someOf(classes.labels)}.`)
    : numbers(metric, indexes(truth, classes), rounded, classes);
};

const compareProbabilities = (
  metric: Extract<Metric, { input: "probability" }>,
  { truth }: TargetCells,
  answers: readonly string[],
  classes: Classes,
): ComparedTarget => {
  const areLabels = answers.every((answer) => classes.indexOf(answer) !== -1);
  const predicted = areLabels ? indexes(answers, classes) : answeredNumbers(answers);
  if (typeof predicted === "string") return wrong(predicted);
  const beyond = metric.inUnit === true ? predicted.findIndex((value) => value < 0 || value > 1) : -1;
  return beyond === -1
    ? numbers(metric, indexes(truth, classes), predicted, classes)
    : wrong(`The prediction "${answers[beyond]}" is no probability: ${metric.name} takes numbers from 0 to 1.`);
};
