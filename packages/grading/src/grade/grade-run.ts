import { readFile } from "node:fs/promises";
import { labelsChanged } from "../errors.ts";
import type { ReportLabels } from "../labels/report-labels.ts";
import type { Grade, Grader } from "./grade.ts";
import type { LeftSubmission, RunSubmissions, SearchScore } from "./run-submissions.ts";

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
  readonly search?: SearchScore;
  readonly grade: Grade;
}

/**
 * Grades the final submission of a run and each solution on the way. No label gets into the grades.
 * @throws AIDE_REPORT_LABELS where the run was on other data
 */
export const gradeRun = async (
  { run, origin, final, solutions }: RunSubmissions,
  labels: ReportLabels,
  grade: Grader,
): Promise<RunGrades> => {
  checkSameTask(origin, labels);
  const exploratory = origin?.["exploratory"];
  const { checksum } = labels.task.file;
  return {
    run,
    task: labels.task.name,
    metric: labels.metricName,
    direction: labels.direction,
    ...(checksum === undefined ? {} : { checksum }),
    ...(typeof exploratory === "string" ? { exploratory } : {}),
    references: labels.references.length,
    final: await gradeLeft(final, grade),
    solutions: await Promise.all(
      solutions.map(async ({ submission, ...solution }) => ({
        ...solution,
        grade:
          submission.kind === "file" && labels.format.id.length === 0
            ? rowsUnnamed
            : await gradeLeft(submission, (bytes) => grade(bytes, "among others")),
      })),
    ),
  };
};

const rowsUnnamed: Grade = {
  valid: false,
  brief: "rows without id",
  problem: "Rows without an id cannot be told from held-back ones.",
};

const gradeLeft = async (left: LeftSubmission, grade: (bytes: Uint8Array) => Promise<Grade>): Promise<Grade> => {
  if (left.kind === "file") return grade(await readFile(left.path));
  const { brief, problem } = left;
  return { valid: false, brief, problem };
};

/** Labels grade runs on the data that they belong to. */
const checkSameTask = (origin: RunSubmissions["origin"], { task }: ReportLabels): void => {
  const checksum = origin?.["checksum"];
  if (typeof checksum === "string" && task.file.checksum !== undefined && checksum !== task.file.checksum)
    throw labelsChanged(task.name, checksum, task.file.checksum);
};
