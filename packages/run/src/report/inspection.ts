import { type Column, type Roles, type Table } from "@aide-ts/data";
import type { PreparedTask } from "../task/prepared-task.ts";
import { alignedTable } from "./table.ts";
import { describeTask, readingOf } from "./task.ts";

const mostColumns = 60;
const widestType = 8;

/** What `aide inspect` prints: the lines of a run's beginning, then every column of the training rows, then how each table is read. */
export const renderInspection = (prepared: PreparedTask): readonly string[] => {
  const { roles } = prepared;
  if (roles === undefined) return describeTask(prepared);
  const { whole, train } = roles;
  const shown = whole.columns.slice(0, mostColumns);
  const rows = shown.map((column) => [shownName(column.name), column.type, factsOf(column)]);
  return [
    ...describeTask(prepared),
    "",
    `columns  of ${train.map(({ path }) => path).join(", ")}`,
    ...alignedTable(rows, { least: [0, widestType] }).map((line) => `         ${line}`),
    ...(whole.columns.length > shown.length ? [`         and ${whole.columns.length - shown.length} more`] : []),
    "",
    ...tablesOf(roles).map((table) => `read     ${readingOf(table)}`),
  ];
};

/** The same as data. */
export const inspectionOf = ({ roles, resolved, data, notes }: PreparedTask): Readonly<Record<string, unknown>> => ({
  files: roles?.files.map((file) => {
    const table = roles === undefined ? undefined : tablesOf(roles).find(({ path }) => path === file.path);
    return {
      ...file,
      ...(table === undefined ? {} : { rows: table.rows, read: readingOf(table) }),
    };
  }),
  targets: roles?.targets,
  because: roles?.because,
  id: roles?.id,
  metric: { name: resolved.task.metric, direction: resolved.task.direction, because: resolved.because },
  answer:
    data?.submission === undefined
      ? undefined
      : { kind: data.submission.kind, columns: data.submission.columns, classes: data.classes },
  types: Object.fromEntries(roles?.whole.columns.map(({ name, type }) => [name, type]) ?? []),
  split:
    data === undefined ? undefined : { ...data.split, labelled: data.labelled, held: data.heldOut?.truth.size ?? 0 },
  warnings: notes,
});

const tablesOf = ({ train, labels, test, sample, companions }: Roles): readonly Table[] => [
  ...train,
  ...[labels?.table, test, sample, ...companions.flatMap((companion) => [companion.train, companion.test])].filter(
    (table) => table !== undefined,
  ),
];

const shownName = (name: string): string => (name === "" ? "(no name)" : name);

const factsOf = ({ missing, read, unique, range, dates, values, style }: Column): string =>
  [
    range === undefined ? "" : `${short(range[0])} to ${short(range[1])}`,
    dates === undefined ? "" : `${dates[0].slice(0, 10)} to ${dates[1].slice(0, 10)}`,
    range === undefined && dates === undefined && unique <= 12
      ? values.map((value) => value.slice(0, 20)).join(", ")
      : `${unique} values`,
    missing === 0 ? "" : `${missing} of ${read} missing`,
    style?.unit === undefined || style.unit === null ? "" : `numbers with ${style.unit}`,
  ]
    .filter((fact) => fact !== "")
    .join("; ");

const short = (value: number): string => String(Number(value.toPrecision(4)));
