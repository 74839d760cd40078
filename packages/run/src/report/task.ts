import { readCall, type FileRole, type PreparedData, type Roles, type Table } from "@aide-ts/data";
import type { ResolvedTask } from "@aide-ts/evaluation";
import type { PreparedTask } from "../task/prepared-task.ts";
import { alignedTable } from "./table.ts";

const mostFiles = 20;

/** How scripts read a table, its path relative to `./input`. */
export const readingOf = (table: Table): string => readCall(table, table.path).replace("./input/", "");

/** What was found out of a task before its first step: files and what they are, target, metric, the rows held back. */
export const describeTask = ({
  resolved,
  roles,
  data,
  notes,
}: Pick<PreparedTask, "resolved" | "roles" | "data" | "notes">): readonly string[] => [
  ...(roles === undefined ? [] : [...fileLines(roles), targetLine(roles)]),
  metricLine(resolved),
  ...(roles === undefined ? ["held     nothing: scores are what scripts print of themselves"] : splitLines(data)),
  ...notes.map((note) => `note     ${note}`),
];

const metricLine = ({ task, because }: ResolvedTask): string =>
  `metric   ${task.metric}, ${task.direction === "minimize" ? "lower" : "higher"} is better (${because})`;

const targetLine = ({ targets, because, id }: Roles): string => {
  const names = id.train.length > 0 ? id.train : id.test;
  return `target   ${targets.join(", ")} (${because})${names.length === 0 ? ", rows count by their order" : `, id ${names.map((name) => (name === "" ? "(the first column, without a name)" : name)).join(" + ")}`}`;
};

/** A line for each table: what it is, why, and how pandas reads it where that takes arguments. */
const fileLines = (roles: Roles): readonly string[] => {
  const shown = roles.files.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role)).slice(0, mostFiles);
  const rows = shown.map(({ path, role, why }) => [path, role, `${why}${argumentsOf(roles, path)}`]);
  const lines = alignedTable(rows, { least: [0, widestRole] }).map((line) => `data     ${line}`);
  const rest = roles.files.length - shown.length;
  return rest > 0 ? [...lines, `data     and ${rest} tables more, which stay as they are`] : lines;
};

const widestRole = 11;

const order: readonly FileRole["role"][] = [
  "train",
  "labels",
  "test",
  "sample",
  "companion",
  "test labels",
  "part of train",
  "description",
  "other",
];

const argumentsOf = ({ train, labels, test, sample }: Roles, path: string): string => {
  const table = [...train, labels?.table, test, sample].find((one) => one?.path === path);
  return table === undefined || Object.keys(table.args).length === 0 ? "" : `; ${readingOf(table)}`;
};

const splitLines = (data: PreparedData | undefined): readonly string[] => {
  if (data === undefined) return [];
  const { heldOut, folds, split, classes } = data;
  const first = heldOut?.truth.size ?? 0;
  const held = first + folds.reduce((sum, fold) => sum + fold.heldOut.truth.size, 0);
  const rows = folds.length === 0 ? String(first) : `${held}, in ${folds.length + 1} folds in turn,`;
  const how = { random: "at random", time: "the latest", group: "whole groups" }[split.by];
  const why = split.why === "" ? "" : `: ${split.why}`;
  const positive =
    classes.length === 2 && data.submission?.kind === "probability"
      ? [`positive ${classes[1] ?? ""}, of ${classes.join(" and ")}`]
      : [];
  return [
    held === 0
      ? `held     none of ${data.labelled} labelled rows: scores are what scripts print of themselves`
      : `held     ${rows} of ${data.labelled} labelled rows, for the search score, ${how}${why}`,
    ...positive,
  ];
};
