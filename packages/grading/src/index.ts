export { gradeSubmission, type Grade } from "./grade/grade.ts";
export { readReportLabels, type ReportLabels } from "./labels/report-labels.ts";
export { readReferences, standingOf, type Reference, type Standing } from "./references/reference.ts";
