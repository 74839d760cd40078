import { createReadStream } from "node:fs";
import { parse } from "csv-parse";

export interface Row {
  readonly record: readonly string[];
  /** As it stands in the file, line ends included. */
  readonly raw: string;
}

/** The rows of a delimited file after its header, whatever its size; `raw` keeps every byte of formatting. */
export async function* readRows(file: string, delimiter: string): AsyncGenerator<Row> {
  const parser = createReadStream(file).pipe(
    parse({ delimiter, bom: true, raw: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }),
  );
  let first = true;
  for await (const row of parser) {
    if (!first && isRow(row)) yield row;
    first = false;
  }
}

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && "record" in value && "raw" in value && Array.isArray(value.record);

/** One line of a delimited file; cells are quoted where they must be. */
export const formatRow = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`;

export const asLine = (raw: string): string => (raw.endsWith("\n") ? raw : `${raw}\n`);
