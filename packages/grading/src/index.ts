export { gradeSubmission, type Grade } from "./grade/grade.ts";
export { readReportLabels, type ReportLabels } from "./labels/report-labels.ts";
export { trivialValue } from "./grade/trivial-value.ts";
export { gradeReferences, type GradedReferences } from "./references/grade-references.ts";
export { referencesFolder, runReferences, type ReferencesRequest } from "./references/run-references.ts";
export { writeReferences } from "./references/write-references.ts";
export { readReferences, standingOf, type Reference, type Standing } from "./references/reference.ts";
