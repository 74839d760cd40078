import { columnNames, type Table } from "../dataset.ts";
import { bare, suggests } from "./names.ts";
import { isSameRows, type Relations } from "./relations.ts";

/** A small table with a row for each row of another: a sample submission for the test rows, labels for the training rows. */
export interface Pair {
  readonly small: Table;
  readonly big: Table;
  /** What names a row, in the small table and in the big one; none where rows belong together by their order. */
  readonly keys: readonly string[];
  readonly bigKeys: readonly string[];
  /** Columns of the small table that are no key. */
  readonly answers: readonly string[];
}

const mostColumns = 400;

/** Whether the small table has one row for each of the big one's, by columns of the same name, by columns of the same values, or by their order. */
export const pairOf = async (small: Table, big: Table, relations: Relations): Promise<Pair | undefined> => {
  if (small.rows !== big.rows || small.path === big.path || small.columns.length > mostColumns) return undefined;
  const shared = sharedNames(small, big);
  // Both have columns of their own: one answers, the other features.
  if (shared.length > 0 && shared.length < small.columns.length && shared.length < big.columns.length) {
    const keys = shared.map(([own]) => own);
    const bigKeys = shared.map(([, other]) => other);
    if (isSameRows(await relations.of(small, keys, big, bigKeys)))
      return { small, big, keys, bigKeys, answers: columnNames(small).filter((name) => !keys.includes(name)) };
  }
  if (shared.length > 0) return undefined;
  const byValue = await sameValues(small, big, relations);
  if (byValue !== undefined) {
    const [own, other] = byValue;
    const answers = columnNames(small).filter((name) => name !== own);
    return answers.length === 0 || big.columns.length < 2
      ? undefined
      : { small, big, keys: [own], bigKeys: [other], answers };
  }
  return undefined;
};

/** By their order: a table of answers alone, with as many rows. */
export const alignedPair = (small: Table, big: Table): Pair | undefined =>
  small.rows === big.rows &&
  small.path !== big.path &&
  (small.columns.length < big.columns.length || (suggests.labels(small.path) && !suggests.labels(big.path))) &&
  sharedNames(small, big).length === 0
    ? { small, big, keys: [], bigKeys: [], answers: columnNames(small) }
    : undefined;

/** Columns that both have, by their own names and then by letters and digits: [first's, second's]. */
export const sharedNames = (first: Table, second: Table): readonly (readonly [string, string])[] => {
  const exact = new Set(columnNames(second));
  const plain = new Map(second.columns.map(({ name }) => [bare(name), name]));
  return first.columns.flatMap(({ name }) => {
    if (exact.has(name)) return [[name, name] as const];
    const other = bare(name) === "" ? undefined : plain.get(bare(name));
    return other === undefined || columnNames(first).includes(other) ? [] : [[name, other] as const];
  });
};

/** A column of either that names the same rows under another name. */
const sameValues = async (
  small: Table,
  big: Table,
  relations: Relations,
): Promise<readonly [string, string] | undefined> => {
  const candidates = (table: Table) =>
    table.columns.filter(
      ({ type, unique, read, missing }) => type !== "number" && type !== "boolean" && missing === 0 && unique === read,
    );
  for (const own of candidates(small).slice(0, 4))
    for (const other of candidates(big).slice(0, 20))
      if (isSameRows(await relations.of(small, [own.name], big, [other.name]))) return [own.name, other.name];
  return undefined;
};
