import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { submissionIn, type Score, type Solution } from "@aide-ts/plugin";
import { inRun, readRecord, readRun, type RunRecord } from "@aide-ts/run/record";
import writeFileAtomic from "write-file-atomic";
import { labelsChanged } from "../errors.ts";
import type { ReportLabels } from "../labels/report-labels.ts";
import type { Grade, Grader } from "./grade.ts";

/** `grades.json`: what a run is worth on report labels, found out after it. */
export interface RunGrades {
  readonly run: string;
  readonly task: string;
  readonly metric: string;
  readonly direction: "maximize" | "minimize";
  readonly checksum?: string;
  /** Why the run shows no more than that something may be so: it was not under the frozen setup. */
  readonly exploratory?: string;
  readonly references: number;
  /** Of `best_submission.csv`. */
  readonly final: Grade;
  readonly solutions: readonly SolutionGrade[];
}

export interface SolutionGrade {
  readonly id: string;
  /** What the search saw. */
  readonly search?: Pick<Score, "value" | "error" | "source">;
  readonly grade: Grade;
}

export const gradesFile = "grades.json";

/**
 * Grades the final submission of a run and each solution on the way, and writes `grades.json` into its folder. No label gets there.
 * @throws AIDE_RUN_UNREADABLE, AIDE_REPORT_LABELS where the run was on other data
 */
export const gradeRun = async (logs: string, labels: ReportLabels, grade: Grader): Promise<RunGrades> => {
  const record = await readRecord(logs);
  checkSameTask(record, labels);
  const { journal } = await readRun(logs);
  const final = await readFile(join(logs, "best_submission.csv")).catch(() => undefined);
  const exploratory = record.origin?.["exploratory"];
  const { checksum } = labels.task.file;
  const grades: RunGrades = {
    run: basename(logs),
    task: labels.task.name,
    metric: labels.metric.name,
    direction: labels.direction,
    ...(checksum === undefined ? {} : { checksum }),
    ...(typeof exploratory === "string" ? { exploratory } : {}),
    references: labels.references.length,
    final:
      final === undefined ? nothing("no final submission", "The run has no best_submission.csv.") : await grade(final),
    solutions: await Promise.all(
      journal.solutions.map((solution) => gradeSolution(solution, inRun(logs, record.workspace), labels, grade)),
    ),
  };
  await writeFileAtomic(join(logs, gradesFile), `${JSON.stringify(grades, undefined, 1)}\n`);
  return grades;
};

const nothing = (brief: string, problem: string): Grade => ({ valid: false, brief, problem });

/** Labels grade runs on the data that they belong to. */
const checkSameTask = ({ origin }: RunRecord, { task }: ReportLabels): void => {
  const checksum = origin?.["checksum"];
  if (typeof checksum === "string" && task.file.checksum !== undefined && checksum !== task.file.checksum)
    throw labelsChanged(task.name, checksum, task.file.checksum);
};

const gradeSolution = async (
  { id, execution, evaluation }: Solution,
  workspace: string,
  { format }: ReportLabels,
  grade: Grader,
): Promise<SolutionGrade> => {
  const search = evaluation.valid ? { search: evaluation.score } : {};
  const path = execution === undefined ? undefined : submissionIn(execution);
  if (execution === undefined || path === undefined)
    return { id, ...search, grade: nothing("no submission", "The script left no submission.") };
  if (format.id.length === 0)
    return {
      id,
      ...search,
      grade: nothing("rows without id", "Rows without an id cannot be told from held-back ones."),
    };
  const bytes = await readFile(join(workspace, "executions", execution.id, path)).catch(() => undefined);
  if (bytes === undefined)
    return { id, ...search, grade: nothing("workspace cleaned", "The submission is gone with the run's workspace.") };
  return { id, ...search, grade: await grade(bytes, "among others") };
};
