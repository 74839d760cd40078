import { parse } from "csv-parse/sync";

const options = { bom: true, skip_empty_lines: true } as const;

/** A CSV file: header, and cells as they are written. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads comma-separated cells.
 * @param most lines, the header among them; all without
 * @throws the parser's error where the bytes are no such table
 */
export const parseCsv = (bytes: Uint8Array, most = -1): CsvTable => {
  const lines = parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { ...options, to: most });
  return { header: lines[0] ?? [], rows: lines.slice(1) };
};

/** The cells of some columns, row by row, `undefined` where the table lacks one of them. */
export const columnsOf = (
  { header, rows }: CsvTable,
  names: readonly string[],
): readonly (readonly string[])[] | undefined => {
  const places = names.map((name) => header.indexOf(name));
  return places.includes(-1) ? undefined : rows.map((row) => places.map((place) => row[place] ?? ""));
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Writes what `parseCsv` reads. */
export const csvOf = ({ header, rows }: CsvTable): Uint8Array =>
  Buffer.from([header, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join(""));
