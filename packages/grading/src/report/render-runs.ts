import type { RunGrades } from "../grade/grade-run.ts";
import type { MleBenchRunGrades } from "../mlebench/grade-run.ts";
import { renderManyGrades, renderRunGrades } from "./grades-table.ts";
import { renderMleBenchRun, renderMleBenchRuns } from "./mlebench-table.ts";

/** One run with all its solutions, or a line for each of several. */
export const renderRuns = (all: readonly (RunGrades | MleBenchRunGrades)[]): readonly string[] => {
  const tasks = all.filter((one) => "task" in one);
  const competitions = all.filter((one) => "competition" in one);
  const [task] = tasks;
  const [competition] = competitions;
  if (all.length === 1) {
    if (task !== undefined) return renderRunGrades(task);
    if (competition !== undefined) return renderMleBenchRun(competition);
  }
  return [
    ...(task === undefined ? [] : renderManyGrades(tasks)),
    ...(task === undefined || competition === undefined ? [] : [""]),
    ...(competition === undefined ? [] : renderMleBenchRuns(competitions)),
  ];
};
