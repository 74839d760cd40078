export { checkGrading } from "./check/check-grading.ts";
export { gradeSubmission, graderOf, type Grade, type Grader, type Rows } from "./grade/grade.ts";
export { gradeRuns, gradesFile, type AnyGrading, type Graded } from "./grade/grade-runs.ts";
export { gradeFiles } from "./grade/grade-files.ts";
export type { RunGrades, SolutionGrade } from "./grade/grade-run.ts";
export type { MleBenchRunGrades, MleBenchSolutionGrade } from "./mlebench/grade-run.ts";
export { Graders } from "./grade/graders.ts";
export { readReportLabels, type ReportLabels } from "./labels/report-labels.ts";
export { gradeReferences, type GradedReferences } from "./references/grade-references.ts";
export { referencesFolder, runReferences, type ReferencesRequest } from "./references/run-references.ts";
export { writeReferences } from "./references/write-references.ts";
export { readReferences, standingOf, type Reference, type Standing } from "./references/reference.ts";
export {
  leaderboardOf,
  placeAmong,
  readLeaderboard,
  type Leaderboard,
  type LeaderboardPlace,
} from "./mlebench/leaderboard.ts";
export { medalPlaces, thresholdsOf, winOf, type MedalPlaces, type Thresholds, type Win } from "./mlebench/medals.ts";
export { findMleBenchPython } from "./mlebench/find-python.ts";
export { gradeByMleBench, type InstalledGrading } from "./mlebench/grade-installed.ts";
export { gradeMleBench, type MleBenchGrading } from "./mlebench/grade-mlebench.ts";
export { gradeByOwnRules } from "./mlebench/grade-own.ts";
export type { GradingData, MleBenchGrade, OwnRules, OwnRulesScore } from "./mlebench/grade.ts";
export { liteCompetitions, type LiteCompetition } from "./mlebench/lite.ts";
export { fiveDecimals } from "./mlebench/own-rules.ts";
export { reportOf, summaryOf, type MleBenchReport, type MleBenchSummary } from "./mlebench/report.ts";
export { writeSubmissionList, type MleBenchSubmission } from "./mlebench/submission-list.ts";
