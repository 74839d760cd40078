import { isMetricFile } from "@aide-ts/core";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { orderClasses } from "@aide-ts/data";
import {
  classesOf,
  metricNamed,
  resolveTask,
  type Metric,
  type OwnMetric,
  type TargetFacts,
} from "@aide-ts/evaluation";
import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import type { Task } from "@aide-ts/tasks";
import { labelsRepeated, metricNotGraded } from "../errors.ts";
import { readReferences, type Reference } from "../references/reference.ts";
import { cellsOf, readTable, type Table } from "./read-table.ts";

/** What a task is graded by. Only a process that runs no script may hold it. */
export interface ReportLabels {
  readonly task: Task;
  /** Of the library; none where a grader of the task's own scores. */
  readonly metric: Metric | undefined;
  /** As reports name it. */
  readonly metricName: string;
  readonly direction: Metric["direction"];
  readonly format: SubmissionFormat;
  readonly labels: HeldOut;
  readonly references: readonly Reference[];
}

/** What counts here of a grader of the task's own. */
export type OwnFacts = Pick<OwnMetric, "direction" | "predicts">;

/**
 * Reads the private part of a task: `answers.csv` (the id's and the target's columns), and where they are there `training-labels.csv`, for the trivial
 * predictor, and `references.csv`.
 * @param own the grader of `ownGraderOf`, where there is one
 * @throws AIDE_REPORT_LABELS, AIDE_REPORT_METRIC, AIDE_METRIC_UNKNOWN, AIDE_METRIC_MISFIT
 */
export const readReportLabels = async (task: Task, own?: OwnFacts): Promise<ReportLabels> => {
  const { file, privateFolder, publicFolder } = task;
  const { target: targets, id = [] } = file;
  const answers = await readTable(join(privateFolder, "answers.csv"));
  const truth = cellsOf(answers, targets);
  const keys = id.length === 0 ? truth.map((_, at) => String(at)) : cellsOf(answers, id).map((row) => row.join("\t"));
  if (new Set(keys).size < keys.length) throw labelsRepeated(answers.path, id);
  const train = await trainingLabels(privateFolder, targets, truth);
  const facts = targets.map((name, at) =>
    factsOf(
      name,
      [...train, ...truth].map((row) => row[at] ?? ""),
    ),
  );
  const columns = (await sampleHeader(publicFolder)) ?? [...id, ...targets];
  const isByClass = targets.some((name) => !columns.includes(name)) && columns.length > id.length + targets.length;
  const answer = isByClass ? "class-probabilities" : "value";
  const scored = own === undefined ? byLibrary(task, facts, answer) : byOwn(task, own, facts, answer);
  const named = columns.filter((column) => !id.includes(column));
  const classes = scored.takesNumbers
    ? undefined
    : inOrderOf(named, orderClasses(classesOf(facts[0]?.classes ?? []), file.positive));
  const { metric, metricName, direction, kind } = scored;
  return {
    task,
    metric,
    metricName,
    direction,
    format: { columns, id, keys, kind, targets, ...(classes === undefined ? {} : { classes }) },
    labels: { truth: new Map(keys.map((key, at) => [key, truth[at] ?? []])), train },
    references: await readReferences(join(privateFolder, "references.csv")),
  };
};

/** A grader of the task's own, in Python: `grade.py` of the private part, else the metric's file in the public part where `task.yaml` names one. */
export const ownGraderOf = ({ file, publicFolder, privateFolder }: Task): string | undefined =>
  [join(privateFolder, "grade.py"), ...(isMetricFile(file.metric) ? [join(publicFolder, file.metric)] : [])].find(
    existsSync,
  );

interface Scoring extends Pick<ReportLabels, "metric" | "metricName" | "direction"> {
  readonly kind: SubmissionFormat["kind"];
  readonly takesNumbers: boolean;
}

const byLibrary = (
  { name, file }: Task,
  targets: readonly TargetFacts[],
  answer: "value" | "class-probabilities",
): Scoring => {
  const { task, kind, input } = resolveTask(
    { goal: file.goal, evaluation: file.eval, metric: file.metric, direction: file.direction ?? "minimize" },
    { targets, answer },
  );
  const metric = metricNamed(task.metric);
  if (metric === undefined) throw metricNotGraded(name, file.metric);
  const direction = file.direction ?? metric.direction;
  return { metric, metricName: metric.name, direction, kind, takesNumbers: input === "number" };
};

const byOwn = (
  { file }: Task,
  { direction, predicts }: OwnFacts,
  targets: readonly TargetFacts[],
  answer: "value" | "class-probabilities",
): Scoring => ({
  metric: undefined,
  metricName: file.metric,
  direction,
  kind: answer === "value" ? predicts : answer,
  takesNumbers: targets.every(({ type }) => type === "number"),
});

/** Without a file of them, the trivial predictor knows the shares of the answers. */
const trainingLabels = async (folder: string, targets: readonly string[], truth: Table["rows"]) => {
  const path = join(folder, "training-labels.csv");
  return existsSync(path) ? cellsOf(await readTable(path), targets) : truth;
};

/** The header of the sample submission in the public part, which tells how answers are written. */
const sampleHeader = async (publicFolder: string): Promise<readonly string[] | undefined> => {
  const path = ["sample_submission.csv", "sampleSubmission.csv"]
    .map((name) => join(publicFolder, name))
    .find(existsSync);
  return path === undefined ? undefined : (await readTable(path)).header;
};

const mostClasses = 1000;

const factsOf = (name: string, cells: readonly string[]): TargetFacts => {
  const known = [...new Set(cells.filter((cell) => cell !== ""))];
  const numbers = known.map(Number);
  const type = numbers.every(Number.isInteger) ? "integer" : numbers.every(Number.isFinite) ? "number" : "category";
  return { name, type, unique: known.length, ...(known.length <= mostClasses ? { classes: known } : {}) };
};

/** Of a column for each class its order counts, where columns are called as the classes are. */
const inOrderOf = (columns: readonly string[], classes: readonly string[]): readonly string[] =>
  columns.length === classes.length && columns.every((column) => classes.includes(column)) ? columns : classes;
