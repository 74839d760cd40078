import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { metricNamed, readMetric, type Metric } from "@aide-ts/evaluation";
import type { MleBenchTask } from "@aide-ts/tasks";
import { mleBenchAnswersMissing, mleBenchNotGraded } from "../errors.ts";
import { answerShape, type AnswerShape } from "./answer-shape.ts";
import type { OwnRules } from "./grade.ts";
import { columnsOf, parseCsv, type CsvTable } from "../csv.ts";
import { liteCompetitions, type LiteCompetition } from "./lite.ts";

/** The right answers of a competition and how they are scored. Only a process that runs no script may hold it. */
export interface AnswerKey extends Pick<AnswerShape, "id" | "targets" | "form">, Rules {
  readonly metric: Metric;
  readonly from: OwnRules["from"];
  /** The id of each row to predict. */
  readonly ids: readonly string[];
  /** Of each row: a cell for each target, or the label of `classes`; empty where it is not scored. */
  readonly truth: readonly (readonly string[])[];
}

/** What a submission must keep to beside having the rows and columns. */
type Rules = Pick<LiteCompetition, "values" | "isExact" | "isText">;

/**
 * Reads the answers of a prepared competition. The metric is a known fact for the Lite split, else read from its description.
 * @throws AIDE_MLEBENCH_ANSWERS, AIDE_MLEBENCH_METRIC
 */
export const readAnswerKey = async (task: MleBenchTask): Promise<AnswerKey> => {
  const lite = Object.hasOwn(liteCompetitions, task.id) ? liteCompetitions[task.id] : undefined;
  const answers = await readAnswers(task, lite?.answers);
  const metric = lite === undefined ? await metricOf(task) : metricNamed(lite.metric);
  if (metric === undefined) throw mleBenchNotGraded(task.id, "the metric library lacks its metric");
  const shape = lite === undefined ? await shapeOf(task, answers, metric) : liteShape(lite, answers);
  const cells = shape && columnsOf(answers, [shape.id, ...(shape.label === undefined ? shape.targets : [shape.label])]);
  if (shape === undefined || cells === undefined)
    throw mleBenchNotGraded(task.id, "its answers do not fit the sample submission");
  const rows = cells.map((row) => row.slice(1));
  const labels = shape.form === "classes" && shape.label === undefined ? labelsOf(rows, shape.targets) : rows;
  return {
    ...lite,
    metric,
    from: lite === undefined ? "the competition's page" : "the grader of MLE-bench",
    ...shape,
    ids: cells.map(([id = ""]) => id),
    truth: lite?.hasUnscored === true ? withoutNegative(labels) : labels,
  };
};

const metricOf = async ({ id, description }: MleBenchTask): Promise<Metric | undefined> => {
  const text = await readFile(description, "utf8").catch(() => "");
  const read = readMetric({ description: text });
  if (read.kind === "metric") return metricNamed(read.name);
  if (read.kind === "unknown") throw mleBenchNotGraded(id, `the metric library lacks its metric, ${read.words}`);
  if (read.kind === "none") throw mleBenchNotGraded(id, "its description names no metric that is understood");
  throw mleBenchNotGraded(id, `its description may mean ${read.candidates.join(" or ")}`);
};

const liteShape = ({ id, targets }: LiteCompetition, { header }: CsvTable): AnswerShape =>
  targets === undefined
    ? { id, targets: header.filter((name) => name !== id), form: "classes" }
    : { id, targets, form: "columns" };

const shapeOf = async (task: MleBenchTask, answers: CsvTable, metric: Metric): Promise<AnswerShape | undefined> => {
  const sample = (await sampleIn(task.dataFolder)) ?? (await sampleIn(task.privateFolder));
  return answerShape(answers, sample === undefined ? undefined : await tableIn(task, sample), metric);
};

const sampleIn = async (folder: string): Promise<string | undefined> => {
  const name = (await namesIn(folder)).find((one) => /^sample_?submission.*\.csv$/i.test(one));
  return name === undefined ? undefined : join(folder, name);
};

/** Most competitions call it so; others have one table alone beside what a perfect submission is. */
const answersIn = (names: readonly string[]): string | undefined => {
  const tables = names.filter((name) => name.endsWith(".csv") && !/gold|sample/i.test(name));
  return (
    ["answers.csv", "test.csv"].find((name) => tables.includes(name)) ?? (tables.length === 1 ? tables[0] : undefined)
  );
};

const readAnswers = async (task: MleBenchTask, name: string | undefined): Promise<CsvTable> => {
  const names = await namesIn(task.privateFolder);
  const found = name === undefined ? answersIn(names) : names.find((one) => one === name);
  if (found === undefined && name === undefined && names.length > 0)
    throw mleBenchNotGraded(task.id, "its answers are not in one CSV file");
  if (found === undefined) throw mleBenchAnswersMissing(task.id, task.privateFolder);
  return tableIn(task, join(task.privateFolder, found));
};

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).toSorted();

/** In bytes, some two million rows: more do not fit into the memory of a process. Of the Lite split the pixels of denoising-dirty-documents are more. */
const largest = 64 * 2 ** 20;

const tableIn = async ({ id }: MleBenchTask, path: string): Promise<CsvTable> => {
  if ((await stat(path)).size > largest) throw mleBenchNotGraded(id, `${path} is too large`);
  try {
    return parseCsv(await readFile(path));
  } catch {
    throw mleBenchNotGraded(id, `${path} is not a CSV file`);
  }
};

const labelsOf = (rows: readonly (readonly string[])[], classes: readonly string[]): readonly (readonly string[])[] =>
  rows.map((row) => [classes[row.findIndex((cell) => Number(cell) === 1)] ?? ""]);

const withoutNegative = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.map((row) => (row.reduce((sum, cell) => sum + Number(cell), 0) < 0 ? row.map(() => "") : row));
