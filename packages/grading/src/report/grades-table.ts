import { alignedTable, shownScore } from "@aide-ts/run/report";
import type { Grade } from "../grade/grade.ts";
import type { ReportLabels } from "../labels/report-labels.ts";
import type { RunGrades } from "../grade/grade-run.ts";

/** The grades of a run, as lines for a terminal. */
export const renderRunGrades = (grades: RunGrades): readonly string[] => {
  const rows = grades.solutions.map(({ id, search, grade }) => [
    id,
    search === undefined ? "" : withError(search.value, search.error),
    ...gradeCells(grade),
  ]);
  return [
    `${grades.run}: ${grades.task}, ${grades.metric} (${grades.direction})${grades.exploratory === undefined ? "" : `, exploratory: ${grades.exploratory}`}`,
    "",
    ...alignedTable([["solution", "search score", ...gradeHead], ...rows, ["final", "", ...gradeCells(grades.final)]]),
    "",
    legend(grades.references),
  ];
};

/** A submission's grade in a line, or what is wrong with it. */
export const renderGrade = (name: string, grade: Grade, { metricName, references }: ReportLabels): string =>
  grade.valid
    ? `${name}   ${metricName} ${withError(grade.value, grade.error)}${grade.useful ? "" : ", no better than the best constant"}${grade.score === undefined ? "" : `; ${withError(grade.score, grade.scoreError)} from the best constant (0) to the best of ${references.length} references (1)`}`
    : `${name}   not valid: ${grade.problem}`;

/** A line for each run. */
export const renderManyGrades = (all: readonly RunGrades[]): readonly string[] => [
  ...alignedTable([
    ["run", "task", "metric", ...gradeHead],
    ...all.map(({ run, task, metric, final, exploratory }) => [
      run,
      exploratory === undefined ? task : `${task} (exploratory)`,
      metric,
      ...gradeCells(final),
    ]),
  ]),
  "",
  legend(Math.max(0, ...all.map(({ references }) => references))),
];

const gradeHead = ["report score", "useful", "0 to 1", "percentile"] as const;

const gradeCells = (grade: Grade): readonly string[] =>
  grade.valid
    ? [
        withError(grade.value, grade.error),
        grade.useful ? "yes" : "no",
        grade.score === undefined ? "" : withError(grade.score, grade.scoreError),
        grade.percentile === undefined ? "" : grade.percentile.toFixed(0),
      ]
    : [grade.brief, "", "", ""];

const legend = (references: number): string =>
  references === 0
    ? "useful: better than the best constant. There are no references to place a score among."
    : `useful: better than the best constant. 0 to 1: from the best constant to the best single one of ${references} references. percentile: among these.`;

/** A score and its standard error, where it has one. */
export const withError = (value: number, error: number | undefined): string =>
  error === undefined ? shownScore(value) : `${shownScore(value)} ± ${Number(error.toPrecision(2))}`;
