import { readFile } from "node:fs/promises";
import { columnsOf, parseCsv, type CsvTable } from "../csv.ts";
import { tableUnreadable } from "../errors.ts";

/** A CSV file of a task. */
export interface Table extends CsvTable {
  readonly path: string;
}

/** @throws AIDE_REPORT_LABELS where the file is not there or no CSV file */
export const readTable = async (path: string): Promise<Table> => {
  try {
    return { path, ...parseCsv(await readFile(path)) };
  } catch (cause) {
    throw tableUnreadable(path, cause);
  }
};

/** The cells of some columns, row by row. @throws AIDE_REPORT_LABELS where the table lacks one */
export const cellsOf = (table: Table, names: readonly string[]): readonly (readonly string[])[] => {
  const cells = columnsOf(table, names);
  if (cells !== undefined) return cells;
  const missing = names.filter((name) => !table.header.includes(name));
  throw tableUnreadable(table.path, `it has no column ${missing.join(", ")}`);
};
