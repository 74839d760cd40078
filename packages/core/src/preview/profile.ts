import type { Column, ColumnType } from "./dataset.ts";

const missingMarks = new Set(["", "na", "n/a", "nan", "null", "none", "?", "-"]);
const booleans = new Set(["true", "false", "yes", "no", "t", "f", "y", "n"]);
const integer = /^[+-]?\d{1,17}$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const date = /^\d{4}-\d{1,2}-\d{1,2}([T ]|$)|^\d{1,2}\/\d{1,2}\/\d{2,4}( |$)/;
const shown = 12;

export const isMissing = (value: string): boolean => missingMarks.has(value.trim().toLowerCase());

/** Type, range, values and gaps of a column, from the cells that were read. */
export const profileColumn = (name: string, cells: readonly string[]): Column => {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const cell of cells) {
    const value = cell.trim();
    if (isMissing(value)) missing++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const unique = counts.size;
  const type = typeOf([...counts.keys()], cells.length - missing, unique);
  const values = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, shown)
    .map(([value]) => value);
  return { name, type, missing, read: cells.length, unique, values, ...rangeOf(type, counts.keys()) };
};

const typeOf = (values: readonly string[], present: number, unique: number): ColumnType => {
  if (values.length === 0) return "empty";
  if (values.every((value) => integer.test(value))) return "integer";
  if (values.every((value) => decimal.test(value))) return "number";
  if (values.every((value) => booleans.has(value.toLowerCase()))) return "boolean";
  if (values.every((value) => date.test(value))) return "date";
  const average = values.reduce((sum, value) => sum + value.length, 0) / values.length;
  return average > 40 || (unique > 50 && unique > present / 2) ? "text" : "category";
};

const rangeOf = (type: ColumnType, values: Iterable<string>): { range?: readonly [number, number] } => {
  if (type !== "integer" && type !== "number") return {};
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, Number(value));
    most = Math.max(most, Number(value));
  }
  return { range: [least, most] };
};
