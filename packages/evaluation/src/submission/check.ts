import type { SubmissionFormat } from "@aide-ts/plugin";
import { fits, readTable } from "./read-table.ts";
import { keyFinder, keyOfCells, spoken } from "./row-keys.ts";

export type Checked =
  | {
      readonly ok: true;
      /** Key of the row, as the format has it → cells of the answer columns, in the order of the format. */
      readonly rows: ReadonlyMap<string, readonly string[]>;
    }
  | {
      readonly ok: false;
      /** Sentences that a model can act on. */
      readonly problem: string;
      /** A clause for one line, as "3 ids missing". */
      readonly brief: string;
    };

type Failure = Extract<Checked, { ok: false }>;

const fail = (brief: string, problem: string): Failure => ({ ok: false, brief, problem });

/**
 * Checks a submission against its format: columns, ids, number of rows, no gaps. Fields may be parted by `,`, `;` or tabs, columns stand in any order.
 * @param wanted `all`: it holds the format's rows and no others; `among others`: rows with other ids are left out
 */
export const checkSubmission = (
  bytes: Uint8Array,
  format: SubmissionFormat,
  wanted: "all" | "among others" = "all",
): Checked => {
  const table = readTable(bytes, format.columns);
  if (table === undefined) return fail("not a CSV file", "The submission is not a CSV file.");
  const { header, records } = table;
  if (!fits(header, format.columns)) return wrongColumns(header, format.columns);
  const long = records.find((record) => record.length > header.length);
  if (long !== undefined) return tooManyCells(long, header);
  return checkRows(records, header, format, wanted);
};

const checkRows = (
  records: readonly (readonly string[])[],
  header: readonly string[],
  format: SubmissionFormat,
  wanted: "all" | "among others",
): Checked => {
  const { columns, id, keys, classes = [] } = format;
  const placeOf = (name: string) => header.indexOf(name.trim());
  const answers = columns.filter((name) => !id.includes(name)).map(placeOf);
  const ids = id.map(placeOf);
  const keyOf = keyFinder(format);
  const rows = new Map<string, readonly string[]>();
  const [gaps, repeated, foreign]: [string[], string[], string[]] = [[], [], []];
  for (const [row, record] of records.entries()) {
    const written = ids.length === 0 ? String(row) : keyOfCells(record, ids);
    const key = ids.length === 0 ? written : keyOf(written);
    if (key === undefined && wanted === "among others") continue;
    if (key === undefined) foreign.push(written);
    else if (rows.has(key)) repeated.push(key);
    const cells = answers.map((at) => record[at] ?? "");
    if (cells.some((cell) => isGap(cell, classes))) gaps.push(key ?? written);
    if (key !== undefined) rows.set(key, cells);
  }
  const missing = ids.length === 0 ? [] : keys.filter((key) => !rows.has(key));
  const lacking = missingIds(missing, foreign, id);
  if (wanted === "all" && records.length !== keys.length) return wrongNumber(records.length, keys.length, lacking);
  if (repeated.length > 0)
    return fail(
      `${counted(repeated.length, "id")} repeated`,
      `The submission repeats ${id.join(", ")} ${some(repeated)}.`,
    );
  if (lacking !== undefined) return lacking;
  if (gaps.length > 0)
    return fail(
      `missing values in ${counted(gaps.length, "row")}`,
      `The submission has missing values (NaN) in ${counted(gaps.length, "row")}: ${id.length === 0 ? "row" : id.join(", ")} ${some(gaps)}.`,
    );
  return { ok: true, rows };
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const shown = 3;
const some = (keys: readonly string[]): string =>
  `${keys.slice(0, shown).map(spoken).join(", ")}${keys.length > shown ? ", …" : ""}`;

/** A class may be called so. */
const isGap = (cell: string, classes: readonly string[]): boolean => {
  const text = cell.trim();
  return text === "" || (text.length === 3 && text.toLowerCase() === "nan" && !classes.includes(cell));
};

const named = (names: readonly string[]): string =>
  names.map((name) => (/^$|[,\s]/.test(name) ? `\`${name}\`` : name)).join(", ");

const shownColumns = 12;

const wrongColumns = (header: readonly string[], columns: readonly string[]): Failure => {
  const wanted = `The submission must have exactly the columns ${named(columns)}`;
  if (header.length === 0) return fail("the file is empty", `${wanted}, but it is empty.`);
  const missing = columns.filter((name) => !header.includes(name.trim()));
  const extra = header.filter((name, at) => !columns.includes(name) || header.indexOf(name) !== at);
  const index = extra.find((name) => /^(?:Unnamed: \d+)?$/.test(name));
  const lacking = missing.length === 0 ? undefined : `it lacks ${named(missing.slice(0, shownColumns))}`;
  const unwanted =
    index === undefined
      ? `${named(extra.slice(0, shownColumns))} must go`
      : `it has the extra column \`${index}\`: write with index=False`;
  const details = [lacking, extra.length === 0 ? undefined : unwanted].filter((part) => part !== undefined);
  const brief =
    missing.length > 0
      ? `column ${named(missing.slice(0, shown))} missing`
      : `extra column ${named(extra.slice(0, shown))}`;
  const has = named(header.slice(0, shownColumns));
  return fail(brief, `${wanted}, but it has ${has}${details.length === 0 ? "" : ` (${details.join("; ")})`}.`);
};

const tooManyCells = (record: readonly string[], header: readonly string[]): Failure =>
  fail(
    "rows with too many cells",
    `A row of the submission has ${record.length} cells, but there are ${header.length} columns: ${record.slice(0, shownColumns).join(",")}. Numbers take a decimal point, not a comma; text with a comma stands in quotes.`,
  );

const wrongNumber = (has: number, wanted: number, lacking: Failure | undefined): Failure =>
  fail(
    `${counted(has, "row")}, ${wanted} wanted`,
    `The submission has ${counted(has, "row")}, but the test file has ${wanted}.${lacking === undefined ? "" : ` ${lacking.problem}`}`,
  );

const missingIds = (
  missing: readonly string[],
  foreign: readonly string[],
  id: readonly string[],
): Failure | undefined => {
  if (missing.length === 0) return undefined;
  const brief = `${counted(missing.length, "id")} missing`;
  const others =
    foreign.length === 0 ? "" : ` It has ${counted(foreign.length, "id")} that the test file lacks: ${some(foreign)}.`;
  return fail(
    brief,
    `${brief}: ${some(missing)}. The submission must have each ${id.join(", ")} of the test file once.${others}`,
  );
};
