import { alignedTable, shownScore } from "@aide-ts/run/report";
import type { MleBenchGrade } from "../mlebench/grade.ts";
import type { MleBenchRunGrades } from "../mlebench/grade-run.ts";
import { withError } from "./grades-table.ts";

/** A run on a competition of MLE-bench: its solutions and its final submission, as lines for a terminal. */
export const renderMleBenchRun = ({ run, competition, final, solutions }: MleBenchRunGrades): readonly string[] => [
  `${run}: ${competition} of MLE-bench`,
  "",
  ...alignedTable([
    ["solution", "search score", ...head],
    ...solutions.map(({ id, search, grade }) => [
      id,
      search === undefined ? "" : withError(search.value, search.error),
      ...cells(grade),
    ]),
    ["final", "", ...cells(final)],
  ]),
  "",
  ...legend([final]),
];

/** A line for each run on a competition. */
export const renderMleBenchRuns = (all: readonly MleBenchRunGrades[]): readonly string[] => [
  ...alignedTable([
    ["run", "competition", ...head],
    ...all.map(({ run, competition, final }) => [run, competition, ...cells(final)]),
  ]),
  "",
  ...legend(all.map(({ final }) => final)),
];

/** A line for each submission file. */
export const renderMleBenchGrades = (paths: readonly string[], grades: readonly MleBenchGrade[]): readonly string[] => [
  ...alignedTable([["submission", ...head], ...grades.map((grade, at) => [paths[at] ?? "", ...cells(grade)])]),
  "",
  ...legend(grades),
];

const head = ["score", "medal", "above median", "beats", "top"] as const;

const cells = (grade: MleBenchGrade): readonly string[] => {
  if (grade.kind === "none") return ["no grade"];
  if (grade.kind === "unranked") return [grade.scored.valid ? shownScore(grade.scored.score) : "not valid"];
  const { report, place } = grade;
  if (report.score === null) return ["not valid", "none", "no"];
  const medal = (["gold", "silver", "bronze"] as const).find((one) => report[`${one}_medal`]);
  return [
    shownScore(report.score),
    medal ?? "none",
    report.above_median ? "yes" : "no",
    ...(place === undefined ? [] : [percent(place.exceeds), percent(place.top)]),
  ];
};

const percent = (share: number): string => `${share.toFixed(1)} %`;

/** How the grades came about, and what is wrong where there are none. */
const legend = (grades: readonly MleBenchGrade[]): readonly string[] => [
  ...new Set(grades.flatMap(notes)),
  "beats: share of the leaderboard's teams with a worse score. top: 100 % less that.",
];

const notes = (grade: MleBenchGrade): readonly string[] => {
  if (grade.kind === "none") return [`${grade.problem} ${grade.fix}`];
  if (grade.kind === "unranked")
    return [
      ...(grade.scored.valid ? [] : [grade.scored.problem]),
      gradedBy(grade.by),
      `No medal: ${grade.because} ${grade.fix}`,
    ];
  return [...(grade.problem === undefined ? [] : [grade.problem]), gradedBy(grade.by)];
};

const gradedBy = (by: Exclude<MleBenchGrade, { kind: "none" }>["by"]): string =>
  by === "mlebench"
    ? "Graded by MLE-bench."
    : `Graded by ${by.metric}, from ${by.from}: MLE-bench is not installed, whose graders would be used.`;
