import { parse } from "csv-parse/sync";
import type { Pool, PoolNode } from "./pool-file.ts";

type Layout = NonNullable<Pool["submission"]>;
type Predictions = NonNullable<PoolNode["predictions"]>;

/** Digits that are kept of a predicted number. */
const digits = 6;

export interface SharedSubmissions {
  readonly layout: Layout | undefined;
  /** By the key under which the submission was given; none for one of other columns or rows than the first. */
  readonly predictions: ReadonlyMap<string, Predictions>;
}

/** Takes what is the same in all submissions, as ids are, out of them. Numbers that differ are rounded to six significant digits. */
export const shareSubmissions = (submissions: ReadonlyMap<string, string>): SharedSubmissions => {
  const tables = [...submissions].flatMap(([key, csv]) => {
    const table = tableOf(csv);
    return table === undefined ? [] : [{ key, table }];
  });
  const [first] = tables;
  if (first === undefined) return { layout: undefined, predictions: new Map() };
  const alike = tables.filter(({ table }) => shapeOf(table) === shapeOf(first.table));
  const layout = first.table.map(({ column, cells }, at) => ({
    column,
    cells: alike.every(({ table }) => isSame(table[at]?.cells ?? [], cells)) ? [...cells] : null,
  }));
  const open = layout.flatMap(({ cells }, at) => (cells === null ? [at] : []));
  const predictions = alike.map(({ key, table }): readonly [string, Predictions] => [
    key,
    open.map((at) => (table[at]?.cells ?? []).map(rounded)),
  ]);
  return { layout, predictions: new Map(predictions) };
};

/** The submission as its script wrote it, but for the digits. */
export const submissionText = (layout: Layout, predictions: Predictions): string => {
  let open = 0;
  const columns = layout.map(({ column, cells }) => [column, ...(cells ?? predictions[open++] ?? [])]);
  const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    columns.map((column) => quoted(String(column[row] ?? ""))).join(","),
  );
  return `${rows.join("\n")}\n`;
};

interface Column {
  readonly column: string;
  readonly cells: readonly string[];
}

const tableOf = (csv: string): readonly Column[] | undefined => {
  const [header, ...rows] = rowsOf(csv);
  if (header === undefined || rows.length === 0) return undefined;
  return header.map((column, at) => ({ column, cells: rows.map((row) => row[at] ?? "") }));
};

const rowsOf = (csv: string): readonly (readonly string[])[] => {
  try {
    return parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch {
    return []; // A submission that is no CSV agrees with none.
  }
};

const shapeOf = (table: readonly Column[]): string =>
  JSON.stringify([table.map(({ column }) => column), table[0]?.cells.length]);

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.every((cell, row) => cell === b[row]);

const rounded = (cell: string): number | string => {
  const value = Number(cell);
  return cell.trim() === "" || !Number.isFinite(value) ? cell : Number(value.toPrecision(digits));
};

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
