// Prints what the runs of tools/results/suite-runs.sh came to: a row for each development task, beside its obfuscated copy.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AideJournal } from "@aide-ts/core";
import type { Grade, RunGrades } from "@aide-ts/grading";
import { markdownTable } from "@aide-ts/run/report";

const folder = "docs/results/suite";
const tasks = ["house-prices", "attrition", "hitters", "chile", "txhousing"];
const rounded = (value: number, digits = 4): string => String(Number(value.toPrecision(digits)));

const rowOf = (name: string): readonly string[] => {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, name, file), "utf8"));
  const grades: RunGrades = read("grades.json");
  const { nodes }: AideJournal = read("journal.json");
  const valid = nodes.filter(({ is_buggy }) => !is_buggy).length;
  const searched = grades.solutions.flatMap(({ search }) => search?.value ?? []);
  const best = grades.direction === "minimize" ? Math.min(...searched) : Math.max(...searched);
  const reports = grades.solutions.flatMap(({ grade }) => scoreOf(grade) ?? []);
  const seconds = /After (\d+) s/.exec(readFileSync(join(folder, name, "report.md"), "utf8"))?.[1] ?? "";
  const { final } = grades;
  return [
    name,
    `${grades.metric}, ${grades.direction === "minimize" ? "lower" : "higher"} is better`,
    `${valid} of ${nodes.length}`,
    searched.length === 0 ? "none" : rounded(best),
    final.valid ? `${rounded(final.value)} ± ${rounded(final.error ?? 0, 2)}` : final.brief,
    final.valid ? `${rounded(final.score ?? 0, 3)} ± ${rounded(final.scoreError ?? 0, 2)}` : "",
    reports.length === 0 ? "" : rounded(Math.max(...reports), 3),
    final.valid ? `${Math.round(final.percentile ?? 0)}` : "",
    seconds,
  ];
};

const scoreOf = (grade: Grade): number | undefined => (grade.valid ? grade.score : undefined);

const header = [
  "task",
  "metric",
  "valid steps",
  "best search score",
  "report score",
  "0 to 1",
  "best on the way, 0 to 1",
  "percentile",
  "seconds",
];
const rows = tasks
  .flatMap((task) => [task, `${task}-twin`])
  .filter((name) => existsSync(join(folder, name, "grades.json")));
console.log(markdownTable(header, rows.map(rowOf)));
