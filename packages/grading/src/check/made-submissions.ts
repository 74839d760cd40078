import { submissionRow } from "@aide-ts/evaluation";
import type { SubmissionFormat } from "@aide-ts/plugin";
import { csvOf } from "../csv.ts";
import type { ReportLabels } from "../labels/report-labels.ts";

type Rows = readonly (readonly string[])[];

/** A submission whose answers are these labels, row by row. */
export const submissionOf = ({ format }: Pick<ReportLabels, "format">, labels: Rows): Uint8Array => {
  const rows = format.keys.map((key, at) => submissionRow(format, key, answersFor(format, labels[at] ?? [])));
  return csvOf({ header: format.columns, rows });
};

/** Labels as answers: sure probabilities where those are asked for. */
const answersFor = ({ kind, columns, id, classes = [] }: SubmissionFormat, labels: readonly string[]): Rows[number] => {
  if (kind === "value") return labels;
  if (kind === "probability") return labels.map((label) => (label === classes.at(-1) ? "1" : "0"));
  const answers = columns.filter((column) => !id.includes(column));
  return answers.map((column, at) => ((classes[at] ?? column) === labels[0] ? "1" : "0"));
};

/** A faulty submission and what must be wrong with it. */
export interface Fault {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What people hand in by mistake: each has to be refused with a message. */
export const faultySubmissions = (labels: ReportLabels): readonly Fault[] => {
  const whole = Buffer.from(submissionOf(labels, [...labels.labels.truth.values()])).toString("utf8");
  const [header = "", first = "", ...rest] = whole.trimEnd().split("\n");
  const answer = (cell: string) => first.replace(/[^,]*$/, cell);
  const text = (lines: readonly string[]) => Buffer.from(`${lines.join("\n")}\n`);
  const takesNumbers = labels.format.kind !== "value" || labels.metric?.input === "number";
  return [
    { name: "a wrong column", bytes: text([header.replace(/[^,]*$/, "another_column"), first, ...rest]) },
    { name: "a missing row", bytes: text([header, ...rest]) },
    { name: "NaN", bytes: text([header, answer("NaN"), ...rest]) },
    ...(takesNumbers ? [{ name: "a word for a number", bytes: text([header, answer("many"), ...rest]) }] : []),
  ];
};
