import type { SubmissionFormat } from "@aide-ts/plugin";
import { parse } from "csv-parse/sync";

export type Checked =
  | {
      readonly ok: true;
      /** Key of the row → values of the answer columns, in the order of the format. */ readonly rows: ReadonlyMap<
        string,
        readonly string[]
      >;
    }
  | { readonly ok: false; readonly problem: string };

const some = (values: readonly string[]): string => `${values.slice(0, 3).join(", ")}${values.length > 3 ? ", …" : ""}`;

/** Checks a submission against its format: columns, ids, number of rows, no gaps. The problem is told in words that a model can act on. */
export const checkSubmission = (bytes: Uint8Array, format: SubmissionFormat): Checked => {
  const parsed = readTable(bytes);
  if (parsed === undefined) return fail("The submission is not a CSV file.");
  const [header = [], ...records] = parsed;
  const { columns, id, keys } = format;
  const missing = columns.filter((name) => !header.includes(name));
  const extra = header.filter((name) => !columns.includes(name));
  if (missing.length > 0 || extra.length > 0) {
    return fail(
      `The submission must have exactly the columns ${columns.join(", ")}, but it has ${header.slice(0, 12).join(", ")}.`,
    );
  }
  const answers = columns.filter((name) => name !== id).map((name) => header.indexOf(name));
  const idAt = id === undefined ? -1 : header.indexOf(id);
  const rows = new Map<string, readonly string[]>();
  const gaps: string[] = [];
  const repeated: string[] = [];
  records.forEach((record, row) => {
    const key = idAt === -1 ? String(row) : normalKey(record[idAt] ?? "");
    const values = answers.map((at) => (record[at] ?? "").trim());
    if (values.some((value) => value === "" || value.toLowerCase() === "nan")) gaps.push(key);
    if (rows.has(key)) repeated.push(key);
    rows.set(key, values);
  });
  if (records.length !== keys.length)
    return fail(`The submission has ${records.length} rows, but the test file has ${keys.length}.`);
  if (repeated.length > 0) return fail(`The submission repeats ${id} ${some(repeated)}.`);
  const unknown = keys.filter((key) => !rows.has(normalKey(key)));
  if (unknown.length > 0)
    return fail(`The submission lacks ${unknown.length} of the test file's ${id ?? "rows"}: ${some(unknown)}.`);
  if (gaps.length > 0)
    return fail(`The submission has missing values (NaN) in ${gaps.length} rows, as ${id ?? "row"} ${some(gaps)}.`);
  return { ok: true, rows };
};

/** `1.0` where pandas read whole numbers beside a gap means `1`. */
export const normalKey = (key: string): string => key.trim().replace(/^(-?\d+)\.0+$/, "$1");

const fail = (problem: string): Checked => ({ ok: false, problem });

const readTable = (bytes: Uint8Array): string[][] | undefined => {
  try {
    return parse(Buffer.from(bytes), { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch {
    return undefined;
  }
};
