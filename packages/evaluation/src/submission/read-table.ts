import { parse } from "csv-parse/sync";

export interface SubmittedTable {
  /** Without spaces around the names. */
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
}

const options = { bom: true, relax_column_count: true, skip_empty_lines: true } as const;
/** More than any header is long. */
const head = 1_000_000;

/** What pandas calls a column without a name once it has read it. */
const unnamed = /^Unnamed: \d+$/;

/** The columns' names, the format's own empty one among them. */
const namesOf = (header: readonly string[], columns: readonly string[]): readonly string[] =>
  header.map((name) => (unnamed.test(name.trim()) && columns.includes("") ? "" : name.trim()));

export const fits = (header: readonly string[], columns: readonly string[]): boolean =>
  header.length === columns.length && columns.every((name) => header.includes(name.trim()));

/** Reads a CSV file whose fields are parted by commas, or by what makes its header the wanted one: `;` or a tab. `undefined` where it is none. */
export const readTable = (bytes: Uint8Array, columns: readonly string[]): SubmittedTable | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const headerBy = (delimiter: string) =>
      namesOf(parse(buffer.subarray(0, head), { ...options, delimiter, to: 1 })[0] ?? [], columns);
    const delimiter = [",", ";", "\t"].find((one) => fits(headerBy(one), columns)) ?? ",";
    const lines = parse(buffer, { ...options, delimiter });
    return { header: namesOf(lines[0] ?? [], columns), records: lines.slice(1) };
  } catch {
    return undefined;
  }
};
