import type { Column, DataFile, Dataset, Table } from "../dataset.ts";
import type { Roles } from "../roles/roles.ts";
import { readCall } from "./python.ts";

export interface PreviewLimits {
  /** Characters of the whole text. */
  readonly characters: number;
  /** Whether values of the data may be shown; without, only names, types and counts. */
  readonly values: boolean;
}

/** The data preview of the prompt: what a script needs most first, never longer than the limit. */
export const describeDataset = (dataset: Dataset, roles: Roles | undefined, limits: PreviewLimits): string => {
  const [most, ...fewer] = [12, 6, 3, 0].map((values) => ({ ...limits, shownValues: limits.values ? values : 0 }));
  for (const detail of [most, ...fewer]) {
    if (detail === undefined) continue;
    const text = render(dataset, roles, detail.shownValues);
    if (text.length <= limits.characters) return text;
  }
  const shortest = render(dataset, roles, 0);
  return shortest.length <= limits.characters
    ? shortest
    : `${shortest.slice(0, limits.characters - 20)}\n… (shortened)`;
};

const render = (dataset: Dataset, roles: Roles | undefined, values: number): string => {
  const lines: string[] = [];
  const main = roles === undefined ? undefined : mainOf(roles);
  for (const file of dataset.files) {
    if (file.path === main || file.kind !== "table") continue;
    lines.push(brief(file, roles));
  }
  const train = dataset.files.find((file) => file.path === main);
  const head = train === undefined ? [] : [tableLine(train, roles), ...columnLines(roles?.whole, roles, values)];
  const others =
    main === undefined
      ? dataset.files.flatMap((file) => (file.kind === "table" ? columnLines(file.table, roles, values) : []))
      : [];
  const rest = dataset.files.filter((file) => file.kind !== "table").map((file) => brief(file, roles));
  if (dataset.unlisted > 0) rest.push(`… and ${dataset.unlisted} more files`);
  return [...head, ...lines, ...others, ...rest].join("\n");
};

/** The table that is shown in full: the training rows, with their features. */
const mainOf = (roles: Roles): string => roles.train[0].path;

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

const tableLine = (file: DataFile, roles: Roles | undefined): string => {
  if (file.kind !== "table") return "";
  const { rows, columns, args } = file.table;
  const reading = Object.keys(args).length === 0 ? "" : ` Read it with \`${readCall(file.table, file.path)}\`.`;
  const id = roles === undefined || roles.id.train.length === 0 ? "" : ` Id: ${listed(roles.id.train)}.`;
  const role =
    roles === undefined || mainOf(roles) !== file.path
      ? roles?.labels?.table.path === file.path
        ? ` Target: ${listed(roles.targets)}.`
        : ""
      : `${roles.labels === undefined ? ` Target: ${listed(roles.targets)}.` : ` Its labels are in \`./input/${roles.labels.table.path}\`.`}${id}`;
  return `\`./input/${file.path}\`: ${rows} rows, ${columns.length} columns.${role}${reading}`;
};

const brief = (file: DataFile, roles: Roles | undefined): string => {
  const path = `\`./input/${file.path}\``;
  switch (file.kind) {
    case "table": {
      const names = file.table.columns.map(({ name }) => name);
      const shared = roles?.train[0].columns.map(({ name }) => name) ?? [];
      if (roles?.sample?.path === file.path)
        return `${tableLine(file, roles)} The form of a submission: columns ${listed(names)}.`;
      const missing = shared.filter((name) => !names.includes(name));
      if (roles?.test?.path === file.path && missing.length <= 4)
        return `${tableLine(file, roles)} The same columns${missing.length === 0 ? "" : ` without ${listed(missing)}`}.`;
      if (roles?.train.some(({ path: part }) => part === file.path) === true)
        return `${tableLine(file, roles)} Further training rows, with the same columns.`;
      return `${tableLine(file, roles)} Columns: ${names.slice(0, 30).join(", ")}${names.length > 30 ? ", …" : ""}`;
    }
    case "image":
      return `${path}: ${file.format} image, ${file.width}×${file.height}`;
    case "images":
      return `${path}: ${file.count} images (${file.formats.join(", ")}), sizes ${file.sizes.join(", ")}`;
    case "json":
      return `${path}: JSON, ${file.shape}`;
    case "folder":
      return `${path}: ${file.count} files (${file.endings.join(", ")})`;
    case "text":
      return `${path}: text, ${file.lines < 0 ? "many" : file.lines} lines`;
    case "other":
      return `${path}: ${file.note}`;
  }
};

/** Columns of a type share lines: a name costs a few tokens, its own line would cost many. */
const columnLines = (table: Table | undefined, roles: Roles | undefined, values: number): readonly string[] => {
  if (table === undefined) return [];
  const ids = roles === undefined || roles.id.train.length > 1 ? [] : roles.id.train;
  const special = new Set([...(roles?.targets ?? []), ...ids]);
  const columns = table.columns.filter(({ name }) => !special.has(name));
  const target = table.columns.filter(({ name }) => roles?.targets.includes(name));
  const numeric = columns.filter(({ type }) => type === "integer" || type === "number");
  const categorical = columns.filter(({ type }) => type === "category" || type === "boolean");
  const other = columns.filter(({ type }) => type === "text" || type === "date" || type === "empty");
  return [
    ...target.map((column) => `Target ${named(column, Math.max(values, 3))}`),
    ...group("Numeric columns", numeric, values > 6 ? 2 : 0),
    ...group("Categorical columns (strings)", categorical, values > 6 ? 4 : values > 3 ? 2 : 0),
    ...group("Other columns", other, 0),
  ];
};

const group = (title: string, columns: readonly Column[], values: number): readonly string[] =>
  columns.length === 0 ? [] : [`${title}: ${columns.map((column) => named(column, values)).join(", ")}`];

const named = (column: Column, values: number): string => {
  const gap =
    column.missing === 0 || column.read === 0
      ? ""
      : `${Math.max(1, Math.round((100 * column.missing) / column.read))}% missing`;
  const range =
    values > 0 && column.range !== undefined ? `${short(column.range[0])} to ${short(column.range[1])}` : "";
  const some = values > 0 && column.range === undefined && column.values.length > 0 ? someValues(column, values) : "";
  const type = column.type === "date" || column.type === "text" || column.type === "empty" ? column.type : "";
  const facts = [type, range, some, gap].filter((fact) => fact !== "");
  return facts.length === 0 ? `\`${column.name}\`` : `\`${column.name}\` (${facts.join("; ")})`;
};

const someValues = (column: Column, values: number): string => {
  const few = column.values.slice(0, values).map((value) => value.slice(0, 24));
  return `${column.unique > few.length ? `${column.unique} values: ` : ""}${few.join(", ")}`;
};

const short = (value: number): string => String(Number(value.toPrecision(4)));
