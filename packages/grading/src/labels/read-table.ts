import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { tableUnreadable } from "../errors.ts";

const lines = z.array(z.array(z.string()));

/** A CSV file of a task: header, and cells as they are written. */
export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @throws AIDE_REPORT_LABELS where the file is not there or no CSV file */
export const readTable = async (path: string): Promise<Table> => {
  try {
    const [header = [], ...rows] = lines.parse(parse(await readFile(path), { bom: true, skip_empty_lines: true }));
    return { path, header, rows };
  } catch (cause) {
    throw tableUnreadable(path, cause);
  }
};

/** The cells of some columns, row by row. @throws AIDE_REPORT_LABELS where the table lacks one */
export const cellsOf = ({ path, header, rows }: Table, names: readonly string[]): readonly (readonly string[])[] => {
  const places = names.map((name) => header.indexOf(name));
  const missing = names.filter((_, at) => places[at] === -1);
  if (missing.length > 0) throw tableUnreadable(path, `it has no column ${missing.join(", ")}`);
  return rows.map((row) => places.map((place) => row[place] ?? ""));
};
