import { columnNamed, columnNames, type Column, type Table } from "../dataset.ts";
import { bare, isIdName } from "./names.ts";
import { sharedNames } from "./pairs.ts";
import { isApart, isSameRows, isUnique, type Relations } from "./relations.ts";
import type { RoleHints, Roles } from "./roles.ts";
import { idUnknown } from "../errors.ts";

export interface IdQuestion {
  readonly train: Table;
  /** The table with the labels: the training table, or one apart. */
  readonly labelled: Table;
  readonly test: Table | undefined;
  readonly sample: Table | undefined;
  readonly hints: RoleHints;
  readonly relations: Relations;
}

/**
 * The columns that name a row, recognized by their values: those that the sample submission shares with the test rows; without one, a column in
 * which each row has its own value.
 * @throws AIDE_ID_UNKNOWN for a column that the config names and no table has
 */
export const findId = async (question: IdQuestion): Promise<Roles["id"]> => {
  const { train, test, sample, hints } = question;
  if (hints.id.length > 0) return givenId(question);
  if (sample !== undefined) {
    const named = await fromSample(question);
    if (named !== undefined) return named;
  }
  const asked = columnNames(sample);
  const own = await byValues(question);
  // A sample without the id asks for rows in their order.
  if (sample !== undefined && own !== undefined && !asked.includes(own)) return { train: [], test: [], sample: [] };
  if (own === undefined) return { train: [], test: [], sample: [] };
  const inTest = test === undefined ? own : (sharedNames(train, test).find(([name]) => name === own)?.[1] ?? own);
  return { train: [own], test: test === undefined ? [] : [inTest], sample: sample === undefined ? [] : [own] };
};

const givenId = ({ train, labelled, test, sample, hints }: IdQuestion): Roles["id"] => {
  const known = (table: Table | undefined) => hints.id.filter((name) => columnNames(table).includes(name));
  for (const name of hints.id)
    if (![train, labelled, test, sample].some((table) => columnNames(table).includes(name)))
      throw idUnknown(name, columnNames(test ?? train));
  return { train: known(train), test: known(test), sample: known(sample) };
};

/** Columns of the sample that the test rows (without a test table the training rows) have too: by name, or by the same values. */
const fromSample = async ({ train, test, sample, relations }: IdQuestion): Promise<Roles["id"] | undefined> => {
  const rows = test ?? train;
  if (sample === undefined) return undefined;
  const shared = sharedNames(sample, rows);
  const pairs =
    shared.length > 0 && shared.length < sample.columns.length ? shared : await bySameValues(sample, rows, relations);
  if (pairs.length === 0) return undefined;
  const inRows = pairs.map(([, other]) => other);
  const related = await relations.of(rows, inRows, rows, inRows);
  // What is answered may stand in the test rows as well, and repeats.
  if (!isUnique(related) && pairs.length === 1) return undefined;
  const inTrain = inRows.flatMap((name) => {
    const same = columnNames(train).includes(name)
      ? name
      : columnNames(train).find((own) => bare(own) === bare(name) && bare(own) !== "");
    return same === undefined ? [] : [same];
  });
  const complete = inTrain.length === inRows.length ? inTrain : [];
  return { train: complete, test: test === undefined ? [] : inRows, sample: pairs.map(([own]) => own) };
};

const bySameValues = async (
  sample: Table,
  rows: Table,
  relations: Relations,
): Promise<readonly (readonly [string, string])[]> => {
  const [first] = sample.columns;
  if (first === undefined || sample.rows !== rows.rows) return [];
  for (const { name, type, unique, read } of rows.columns.slice(0, 20)) {
    if (type === "number" || unique < read) continue;
    if (isSameRows(await relations.of(sample, [first.name], rows, [name]))) return [[first.name, name]];
  }
  return [];
};

const byValues = async ({ train, test, relations }: IdQuestion): Promise<string | undefined> => {
  for (const column of train.columns.toSorted((a, b) => rank(b) - rank(a) || a.position - b.position)) {
    if (!couldName(column, train)) continue;
    const inTest =
      test === undefined ? undefined : sharedNames(train, test).find(([name]) => name === column.name)?.[1];
    if (test !== undefined && inTest === undefined) continue;
    const named = isIdName(column.name);
    if (test === undefined || inTest === undefined) {
      const alone = await relations.of(train, [column.name], train, [column.name]);
      const isFirst = column.position === 0 && (isCounted(column) || isCode(column, undefined));
      if (isUnique(alone) && (named || isFirst)) return column.name;
      continue;
    }
    const related = await relations.of(train, [column.name], test, [inTest]);
    if (isApart(related) && (named || isCounted(column) || isCode(column, columnNamed(test, inTest))))
      return column.name;
    // Rows counted from the start again in each table: an id by its name alone.
    if (named && isUnique(related)) return column.name;
  }
  return undefined;
};

const rank = ({ name, position }: Column): number => (isIdName(name) ? 2 : 0) + (position === 0 ? 1 : 0);

const couldName = ({ type, missing, unique, read }: Column, table: Table): boolean =>
  (type === "integer" || type === "text" || type === "category" || type === "date") &&
  missing === 0 &&
  unique === read &&
  table.rows > 1;

/** Whole numbers that count rows: hardly a gap between them. */
const isCounted = ({ type, range, unique }: Column): boolean =>
  type === "integer" && range !== undefined && range[1] - range[0] + 1 <= 3 * unique;

/** Codes, as A00017 or a hash: no words, and of about one length. */
const isCode = ({ type, values }: Column, other: Column | undefined): boolean => {
  if (type !== "text" && type !== "category") return false;
  const all = [...values, ...(other?.values ?? [])];
  const lengths = all.map((value) => value.length);
  return (
    all.every((value) => /^\S+$/.test(value) && /\d/.test(value)) && Math.max(...lengths) - Math.min(...lengths) <= 4
  );
};
