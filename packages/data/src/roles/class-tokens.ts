import type { Column, Dataset, Table } from "../dataset.ts";
import type { Roles } from "./roles.ts";

/** What pandas takes for missing and is a class here: all gaps of a column of words are written with one and the same word, as None. */
export const classTokens = ({ type, tokens = {}, unique }: Column): readonly string[] => {
  const [word, another] = Object.entries(tokens);
  if (word === undefined || another !== undefined || word[0] === "" || word[1] < 2 || unique < 1) return [];
  return type === "category" || type === "text" ? [word[0]] : [];
};

/** A table that is read so that such a class stays one: the word is taken out of what pandas takes for missing. */
const withClasses = (table: Table, targets: readonly string[]): Table => {
  const kept = table.columns.filter(({ name }) => targets.includes(name)).flatMap(classTokens);
  if (kept.length === 0 || (table.call !== "read_csv" && table.call !== "read_excel")) return table;
  const written = table.columns.flatMap(({ tokens = {} }) => Object.keys(tokens));
  const given = table.args["na_values"];
  const missing = new Set(["", ...written, ...(Array.isArray(given) ? given.map(String) : [])]);
  for (const token of kept) missing.delete(token);
  return {
    ...table,
    args: { ...table.args, keep_default_na: false, na_values: [...missing].toSorted() },
    columns: table.columns.map((column) => (targets.includes(column.name) ? asClasses(column) : column)),
  };
};

const asClasses = (column: Column): Column => {
  const kept = classTokens(column);
  if (kept.length === 0) return column;
  const rows = kept.reduce((sum, token) => sum + (column.tokens?.[token] ?? 0), 0);
  return {
    ...column,
    missing: column.missing - rows,
    unique: column.unique + kept.length,
    values: [...column.values, ...kept],
    tokens: {},
  };
};

/** Roles whose training tables are read so that classes of the targets stay. */
export const rolesWithClasses = (roles: Roles): Roles => {
  const [first, ...parts] = roles.train;
  const kept = (table: Table) => withClasses(table, roles.targets);
  return {
    ...roles,
    train: [kept(first), ...parts.map(kept)],
    whole: kept(roles.whole),
    ...(roles.labels === undefined ? {} : { labels: { ...roles.labels, table: kept(roles.labels.table) } }),
  };
};

/** The tables of a folder, those with a target read so that its classes stay. */
export const keepClasses = (dataset: Dataset, targets: readonly string[]): Dataset => ({
  ...dataset,
  files: dataset.files.map((file) =>
    file.kind === "table" ? { ...file, table: withClasses(file.table, targets) } : file,
  ),
});
