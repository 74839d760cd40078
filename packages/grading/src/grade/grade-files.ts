import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { gradeMleBench } from "../mlebench/grade-mlebench.ts";
import type { MleBenchGrade } from "../mlebench/grade.ts";
import { renderGrade } from "../report/grades-table.ts";
import { renderMleBenchGrades } from "../report/mlebench-table.ts";
import type { AnyGrading, Graded } from "./grade-runs.ts";
import type { Grade } from "./grade.ts";

/**
 * Grades submission files to one task or competition; none where neither is named.
 * @param files as they are shown; paths from `cwd`
 */
export const gradeFiles = async (
  files: readonly string[],
  cwd: string,
  { graders, task, competition, mlebench, dataRoot, usualDataRoot }: AnyGrading,
): Promise<Graded<Grade | MleBenchGrade> | undefined> => {
  if (competition !== undefined) {
    const submissions = files.map((file) => ({ id: competition, path: resolve(cwd, file) }));
    const grades = await gradeMleBench(submissions, { ...mlebench, dataRoot: dataRoot ?? usualDataRoot });
    return { grades, lines: renderMleBenchGrades(files, grades) };
  }
  if (task === undefined) return undefined;
  const { labels, grade } = await graders.of(task);
  const grades = await Promise.all(files.map(async (file) => grade(await readFile(resolve(cwd, file)))));
  return { grades, lines: grades.map((one, at) => renderGrade(files[at] ?? "", one, labels)) };
};
