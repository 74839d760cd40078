import type { Metric } from "@aide-ts/evaluation";
import { columnsOf, type CsvTable } from "../csv.ts";

/** Which columns answers and submissions are compared by. */
export interface AnswerShape {
  readonly id: string;
  /** The columns that a submission predicts. */
  readonly targets: readonly string[];
  /** `columns`: each target has its answer. `classes`: the targets are the classes of one label. */
  readonly form: "columns" | "classes";
  /** The column of the answers that holds the label, where they have none for each class. */
  readonly label?: string;
}

/**
 * Finds it from the answers and the sample submission: the id is the column that names the same rows in both, the sample's other columns are to predict.
 * Without a sample the answers have the columns of a submission, the id first. `undefined` where they do not fit.
 */
export const answerShape = (
  answers: CsvTable,
  sample: CsvTable | undefined,
  metric: Metric,
): AnswerShape | undefined => {
  const id = sample === undefined ? answers.header[0] : sharedId(answers, sample);
  if (id === undefined) return undefined;
  const targets = (sample ?? answers).header.filter((name) => name !== id);
  if (targets.length === 0) return undefined;
  const known = columnsOf(answers, targets);
  if (known !== undefined)
    return { id, targets, form: scoresClasses(metric) && isOneHot(known) ? "classes" : "columns" };
  const label = answers.header.find((name) => name !== id && holdsOnly(answers, name, targets));
  return label === undefined ? undefined : { id, targets, form: "classes", label };
};

const sharedId = (answers: CsvTable, sample: CsvTable): string | undefined =>
  sample.header.find((name) => {
    const [own, theirs] = [answers, sample].map((table) => columnsOf(table, [name])?.map(([cell = ""]) => cell));
    if (own === undefined || theirs === undefined || own.length !== theirs.length) return false;
    const ids = new Set(own);
    return theirs.every((cell) => ids.has(cell)) && new Set(theirs).size === ids.size;
  });

/** AUC of each column is the same as that of the classes, and is also meant where rows have several. */
const scoresClasses = (metric: Metric): boolean => metric.input === "label" || "inUnit" in metric;

/** A single 1 among zeros in each row. */
const isOneHot = (rows: readonly (readonly string[])[]): boolean =>
  rows.every((row) => {
    const numbers = row.map(Number);
    return row.length > 1 && numbers.every((one) => one === 0 || one === 1) && hot(numbers) === 1;
  });

const hot = (numbers: readonly number[]): number => numbers.filter((one) => one === 1).length;

const holdsOnly = (table: CsvTable, name: string, values: readonly string[]): boolean => {
  const known = new Set(values);
  return (columnsOf(table, [name]) ?? []).every(([cell = ""]) => known.has(cell));
};
