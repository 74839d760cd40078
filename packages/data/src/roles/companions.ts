import { columnNames, type Table } from "../dataset.ts";
import { bare } from "./names.ts";
import { isApart, type Relations } from "./relations.ts";
import type { Companion, Roles } from "./roles.ts";

/** Tables that come in two, one with features of training rows and one of test rows, by their id. */
export const findCompanions = async (
  train: Table,
  test: Table,
  id: Roles["id"],
  tables: readonly Table[],
  relations: Relations,
): Promise<readonly Companion[]> => {
  const [own] = id.train;
  const [other] = id.test;
  if (own === undefined || other === undefined || id.train.length > 1) return [];
  const keyed = tables.flatMap((table) => {
    const key =
      columnNames(table).find((name) => bare(name) === bare(own)) ??
      columnNames(table).find((name) => bare(name) === bare(other));
    return key === undefined ? [] : [{ table, key }];
  });
  const found: Companion[] = [];
  for (const first of keyed)
    for (const second of keyed) {
      if (first === second || !areAlike(first.table, second.table)) continue;
      const [mine, theirs, crossed] = [
        await relations.of(first.table, [first.key], train, [own]),
        await relations.of(second.table, [second.key], test, [other]),
        await relations.of(first.table, [first.key], second.table, [second.key]),
      ];
      if (
        mine.shared === mine.unique[0] &&
        theirs.shared === theirs.unique[0] &&
        mine.shared > 0 &&
        theirs.shared > 0 &&
        crossed.shared === 0
      )
        found.push({
          train: first.table,
          test: second.table,
          on: first.key,
          testOn: second.key,
          rows: mine.unique[0] === mine.rows[0] && theirs.unique[0] === theirs.rows[0] ? "one" : "many",
        });
    }
  return found;
};

/** A column by which two further tables belong to the training and the test rows: it names them, whatever it is called. */
export const joiningId = async (
  train: Table,
  test: Table,
  tables: readonly Table[],
  relations: Relations,
): Promise<Roles["id"] | undefined> => {
  for (const { name, type, missing, unique, read } of tables.length < 2 ? [] : train.columns) {
    if (type === "number" || type === "boolean" || missing > 0 || unique < read) continue;
    const other = columnNames(test).find((one) => bare(one) === bare(name));
    if (other === undefined || !isApart(await relations.of(train, [name], test, [other]))) continue;
    const id = { train: [name], test: [other], sample: [] };
    if ((await findCompanions(train, test, id, tables, relations)).length > 0) return id;
  }
  return undefined;
};

const areAlike = (first: Table, second: Table): boolean => {
  const names = new Set(columnNames(second).map(bare));
  const shared = columnNames(first).filter((name) => names.has(bare(name))).length;
  return shared >= 0.6 * Math.max(first.columns.length, second.columns.length);
};
