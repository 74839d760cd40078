import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { taskNotNamed } from "../errors.ts";
import type { MleBenchGrading } from "../mlebench/grade-mlebench.ts";
import { gradeMleBenchRun, type MleBenchRunGrades } from "../mlebench/grade-run.ts";
import type { Graders } from "./graders.ts";
import { renderRuns } from "../report/render-runs.ts";
import { gradeRun, type RunGrades } from "./grade-run.ts";
import { runSubmissions } from "./run-submissions.ts";

/** What a run is graded by: what it was begun on, unless a task or a competition is named. */
export interface AnyGrading {
  readonly graders: Graders;
  readonly task?: string | undefined;
  /** A competition of MLE-bench. */
  readonly competition?: string | undefined;
  readonly mlebench: Omit<MleBenchGrading, "dataRoot">;
  /** A data root of MLE-bench, in place of the one that a run was on. */
  readonly dataRoot?: string | undefined;
  /** Where MLE-bench keeps its data, unless something else is known. */
  readonly usualDataRoot: string;
}

export const gradesFile = "grades.json";

/** Grades, and what they look like in a terminal. */
export interface Graded<G> {
  readonly grades: readonly G[];
  readonly lines: readonly string[];
}

/**
 * Grades runs after them, one after the other, each by its task's labels or as a competition of MLE-bench, and writes `grades.json` into their folders.
 * @param runs their log folders
 * @throws AIDE_GRADE_TASK for a run on a folder of data where neither a task nor a competition is named; what grading throws
 */
export const gradeRuns = async (
  runs: readonly string[],
  grading: AnyGrading,
): Promise<Graded<RunGrades | MleBenchRunGrades>> => {
  const grades: (RunGrades | MleBenchRunGrades)[] = [];
  for (const logs of runs) {
    const graded = await gradeAnyRun(logs, grading);
    await writeFileAtomic(join(logs, gradesFile), `${JSON.stringify(graded, undefined, 1)}\n`);
    grades.push(graded);
  }
  return { grades, lines: renderRuns(grades) };
};

const gradeAnyRun = async (
  logs: string,
  { graders, task, competition, mlebench, dataRoot, usualDataRoot }: AnyGrading,
): Promise<RunGrades | MleBenchRunGrades> => {
  const left = await runSubmissions(logs);
  const begunOn = (key: string): string | undefined => {
    const value = task === undefined && competition === undefined ? left.origin?.[key] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const id = competition ?? begunOn("mlebench");
  if (id !== undefined)
    return gradeMleBenchRun(left, id, { ...mlebench, dataRoot: dataRoot ?? begunOn("root") ?? usualDataRoot });
  const name = task ?? begunOn("task");
  if (name === undefined) throw taskNotNamed(logs);
  const { labels, grade } = await graders.of(name);
  return gradeRun(left, labels, grade);
};
