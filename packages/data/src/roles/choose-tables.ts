import { columnNames, type Table } from "../dataset.ts";
import { askedFor } from "./goal.ts";
import { bare, isIdName, suggests, withoutNumber } from "./names.ts";
import { sharedNames } from "./pairs.ts";
import type { Relation } from "../reader/answers.ts";
import type { Relations } from "./relations.ts";
import type { RoleHints } from "./roles.ts";

// Which of the tables that are left hold the training rows, further parts of them, and the rows to predict.

/** Tables whose rows are compared whole: more cells than this take too long. */
const mostCells = 20_000_000;

export const chooseTrain = async (
  tables: readonly Table[],
  test: Table | undefined,
  sample: Table | undefined,
  hints: RoleHints,
  relations: Relations,
): Promise<Table | undefined> => {
  const pool = tables.filter((table) => table !== test);
  const asked = hints.targets.length > 0 ? hints.targets : undefined;
  const answers = columnNames(sample).filter((name) => !columnNames(test).some((other) => bare(other) === bare(name)));
  const ranked = pool
    .map((table) => ({ table, rank: trainScore(table, pool, test, asked, answers, hints.words) }))
    .toSorted((a, b) => b.rank - a.rank || b.table.rows - a.table.rows || (a.table.path < b.table.path ? -1 : 1));
  const [best] = ranked;
  if (best === undefined) return undefined;
  // What it lacks is reported by whoever looks for the target in it.
  if (asked !== undefined) return best.table;
  // A table that is a part of another with the same columns is not the training table.
  for (const { table, rank } of ranked)
    if (table.rows > best.table.rows && rank >= best.rank - 3 && (await isContained(best.table, table, relations)))
      return table;
  return best.rank > 0 || pool.length === 1 ? best.table : undefined;
};

const trainScore = (
  table: Table,
  pool: readonly Table[],
  test: Table | undefined,
  asked: readonly string[] | undefined,
  answers: readonly string[],
  words: string,
): number => {
  const names = columnNames(table);
  const has = (name: string) => names.some((own) => bare(own) === bare(name));
  const alike = test === undefined ? 0 : sharedNames(test, table).length / test.columns.length;
  const smaller = pool.filter((other) => other !== table && isFeaturesOf(other, table));
  return (
    (asked?.every(has) === true ? 10 : 0) +
    (answers.length > 0 && answers.every(has) ? 6 : 0) +
    (alike >= 0.5 ? 5 : 0) +
    (smaller.length > 0 ? 4 : 0) +
    (suggests.train(table.path) && !suggests.test(table.path) ? 3 : 0) -
    (suggests.test(table.path) || suggests.holdout(table.path) ? 3 : 0) +
    (askedFor(names, words).length === 0 ? 0 : 3) +
    (pool.length === 1 ? 1 : 0)
  );
};

/** Whether a table has the columns of another except some, as the test rows those of the training rows. */
const isFeaturesOf = (table: Table, other: Table): boolean => {
  const shared = sharedNames(table, other).length;
  return (
    shared >= 1 &&
    shared >= table.columns.length - 1 &&
    shared >= other.columns.length / 2 &&
    other.columns.length > shared
  );
};

/** How the rows of two tables agree in all columns that both have. */
const wholeRows = (first: Table, second: Table, relations: Relations): Promise<Relation> => {
  const shared = sharedNames(first, second);
  return relations.of(
    first,
    shared.map(([own]) => own),
    second,
    shared.map(([, other]) => other),
  );
};

const isContained = async (part: Table, whole: Table, relations: Relations): Promise<boolean> => {
  if (part.rows > whole.rows || part.columns.length !== whole.columns.length) return false;
  const shared = sharedNames(part, whole);
  if (shared.length !== part.columns.length || whole.rows * shared.length > mostCells) return false;
  const { unique, shared: same } = await wholeRows(part, whole, relations);
  return same === unique[0] && (part.rows < whole.rows || part.path.length > whole.path.length);
};

/** Tables with the training table's columns: further parts of it, or rows that it has already. */
export const findSiblings = async (
  train: Table,
  tables: readonly Table[],
  relations: Relations,
): Promise<readonly { readonly table: Table; readonly kind: "part" | "contained" }[]> => {
  const found: { table: Table; kind: "part" | "contained" }[] = [];
  for (const table of tables) {
    const shared = sharedNames(table, train).length;
    if (shared !== train.columns.length || shared !== table.columns.length || suggests.test(table.path)) continue;
    if (await isContained(table, train, relations)) found.push({ table, kind: "contained" });
    else if (
      withoutNumber(table.path) === withoutNumber(train.path) &&
      columnNames(table).join() === columnNames(train).join()
    )
      found.push({ table, kind: "part" });
  }
  return found;
};

export const chooseTest = async (
  train: Table,
  labels: Table | undefined,
  tables: readonly Table[],
  { targets, words }: RoleHints,
  relations: Relations,
): Promise<Table | undefined> => {
  const goal = targets[0] ?? askedFor(columnNames(train), words)[0];
  const likely = tables
    .filter((table) => couldBeTest(table, train, labels))
    .toSorted(
      (a, b) =>
        Number(suggests.test(b.path)) - Number(suggests.test(a.path)) ||
        Number(columnNames(a).includes(goal ?? "")) - Number(columnNames(b).includes(goal ?? "")) ||
        sharedNames(b, train).length - sharedNames(a, train).length ||
        a.path.length - b.path.length,
    );
  for (const table of likely) if (!(await isOfTrain(table, train, relations))) return table;
  return undefined;
};

const couldBeTest = (table: Table, train: Table, labels: Table | undefined): boolean => {
  const shared = sharedNames(table, train);
  const named = suggests.test(table.path);
  const features = shared.filter(([name]) => !isIdName(name)).length;
  if (shared.length < 0.5 * train.columns.length - 1 || shared.length < table.columns.length / 2) return false;
  if (features === 0 && !(named && shared.length > 0)) return false;
  // A table with all columns, the target too, is the test table only by its name.
  if (shared.length === train.columns.length && labels === undefined) return named;
  return named || shared.length >= table.columns.length - 1;
};

/** Whether its rows are training rows with fewer columns. */
const isOfTrain = async (table: Table, train: Table, relations: Relations): Promise<boolean> => {
  const shared = sharedNames(table, train);
  if (suggests.test(table.path) || train.rows * shared.length > mostCells) return false;
  const { unique, shared: same } = await wholeRows(table, train, relations);
  return same === unique[0] && unique[0] > 1 && shared.some(([name]) => isIdName(name));
};
