import { findMleBenchPython } from "./find-python.ts";
import { gradeByMleBench, type InstalledGrading } from "./grade-installed.ts";
import { gradeByOwnRules } from "./grade-own.ts";
import type { MleBenchGrade } from "./grade.ts";
import type { MleBenchSubmission } from "./submission-list.ts";

export interface MleBenchGrading extends Omit<InstalledGrading, "python"> {
  /** A Python that can import `mlebench`; without, that of the `mlebench` on the search path. */
  readonly python?: string;
  /** As `PATH`. */
  readonly searchPath: string;
}

/**
 * Grades submissions by MLE-bench where it is installed, else by rules of our own; a grade for each, in their order. An MLE-bench that is installed and
 * does not work says so: nothing else is taken for it.
 * @throws the signal's reason when that fires
 */
export const gradeMleBench = async (
  submissions: readonly MleBenchSubmission[],
  grading: MleBenchGrading,
): Promise<readonly MleBenchGrade[]> => {
  const python = grading.python ?? (await findMleBenchPython(grading.searchPath));
  if (python !== undefined) return gradeByMleBench(submissions, { ...grading, python });
  const grades: MleBenchGrade[] = [];
  for (const submission of submissions) {
    grading.signal.throwIfAborted();
    grades.push(await gradeByOwnRules(submission, grading));
  }
  return grades;
};
