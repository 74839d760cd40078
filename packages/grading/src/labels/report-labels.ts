import { existsSync } from "node:fs";
import { join } from "node:path";
import { orderClasses } from "@aide-ts/data";
import { classesOf, metricNamed, resolveTask, type Metric, type TargetFacts } from "@aide-ts/evaluation";
import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import type { Task } from "@aide-ts/tasks";
import { labelsRepeated, metricNotGraded } from "../errors.ts";
import { readReferences, type Reference } from "../references/reference.ts";
import { cellsOf, readTable, type Table } from "./read-table.ts";

/** What a task is graded by. Only a process that runs no script may hold it. */
export interface ReportLabels {
  readonly task: Task;
  readonly metric: Metric;
  readonly direction: Metric["direction"];
  readonly format: SubmissionFormat;
  readonly labels: HeldOut;
  readonly references: readonly Reference[];
  /** A grader of the task's own, in Python. */
  readonly ownGrader: string | undefined;
}

/**
 * Reads the private part of a task: `answers.csv` (the id's and the target's columns), and where they are there `training-labels.csv`, for the trivial
 * predictor, `references.csv` and `grade.py`.
 * @throws AIDE_REPORT_LABELS, AIDE_METRIC_UNKNOWN, AIDE_METRIC_MISFIT
 */
export const readReportLabels = async (task: Task): Promise<ReportLabels> => {
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
  const resolved = resolveTask(
    { goal: file.goal, evaluation: file.eval, metric: file.metric, direction: file.direction },
    { targets: facts, answer: isByClass ? "class-probabilities" : "value" },
  );
  const metric = metricNamed(resolved.task.metric);
  if (metric === undefined) throw metricNotGraded(task.name, file.metric);
  const named = columns.filter((column) => !id.includes(column));
  const classes =
    resolved.input === "number"
      ? undefined
      : inOrderOf(named, orderClasses(classesOf(facts[0]?.classes ?? []), file.positive));
  const ownGrader = join(privateFolder, "grade.py");
  return {
    task,
    metric,
    direction: resolved.task.direction,
    format: { columns, id, keys, kind: resolved.kind, targets, ...(classes === undefined ? {} : { classes }) },
    labels: { truth: new Map(keys.map((key, at) => [key, truth[at] ?? []])), train },
    references: await readReferences(join(privateFolder, "references.csv")),
    ownGrader: existsSync(ownGrader) ? ownGrader : undefined,
  };
};

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
