import type { Solution } from "@aide-ts/plugin";
import type { RecordedRun } from "./recorded-run.ts";
import type { ReportScore } from "./report-scores.ts";

/** Which run a line comes from. What is not known is null, so that all lines have the same keys. */
export const describeRun = ({ name, ended, task, arm, seed, journal }: RecordedRun) => ({
  run: name,
  ended,
  task: task ?? null,
  goal: journal.task.goal,
  arm: arm ?? null,
  seed,
  metric: journal.task.metric,
  direction: journal.task.direction,
});

/** What became of a solution. */
export const describeScores = ({ id, evaluation }: Solution, { reports }: RecordedRun) => ({
  search_score: evaluation.valid ? evaluation.score.value : null,
  search_error: (evaluation.valid ? evaluation.score.error : undefined) ?? null,
  search_source: evaluation.valid ? evaluation.score.source : null,
  ...describeReport(reports.solutions.get(id)),
});

/** Null where the run was not graded. */
export const describeReport = (report: ReportScore | undefined) => ({
  report_score: report?.value ?? null,
  report_error: report?.error ?? null,
});
