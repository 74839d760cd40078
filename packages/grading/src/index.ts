export { checkGrading } from "./check/check-grading.ts";
export { renderGrade, renderManyGrades, renderRunGrades } from "./report/grades-table.ts";
export { gradeSubmission, graderOf, type Grade, type Grader, type Rows } from "./grade/grade.ts";
export { gradeRun, gradesFile, type RunGrades, type SolutionGrade } from "./grade/grade-run.ts";
export { Graders } from "./grade/graders.ts";
export { readReportLabels, type ReportLabels } from "./labels/report-labels.ts";
export { readReferences, standingOf, type Reference, type Standing } from "./references/reference.ts";
