import { columnNamed, columnNames, type Column, type Table } from "../dataset.ts";
import { wordsOfName } from "../roles/column-words.ts";
import { isIdName } from "../roles/names.ts";
import { sharedNames } from "../roles/pairs.ts";
import type { Relations } from "../roles/relations.ts";
import type { Roles } from "../roles/roles.ts";

/** Which rows are held back: any, the latest, or whole groups. `why` is shown. */
export type SplitRule =
  | { readonly by: "random"; readonly why: string }
  | { readonly by: "time" | "group"; readonly column: string; readonly why: string };

export interface SplitWish {
  readonly by?: "time" | "group" | "random" | undefined;
  readonly column?: string | undefined;
}

/**
 * How the user's own test rows differ from the training rows is how the held-back ones should: later ones where a date puts the test rows after the training
 * rows, other entities where a column of repeated ids has none in common.
 */
export const splitRule = async (roles: Roles, wish: SplitWish, relations: Relations): Promise<SplitRule> => {
  const [train] = roles.train;
  if (wish.by === "random") return { by: "random", why: "the config says so" };
  if (wish.by !== undefined) {
    const column =
      wish.column ?? (wish.by === "time" ? train.columns.find(({ type }) => type === "date")?.name : undefined);
    if (column !== undefined && columnNames(train).includes(column))
      return { by: wish.by, column, why: "the config says so" };
  }
  if (roles.test === undefined) return { by: "random", why: "no test rows to be like" };
  const { test } = roles;
  const later = train.columns.find((column) => isLater(column, roles.train, test));
  if (later !== undefined && wish.by !== "group")
    return { by: "time", column: later.name, why: `by ${later.name} all test rows come after the training rows` };
  const group = await otherEntities(roles, test, relations);
  if (group !== undefined)
    return {
      by: "group",
      column: group,
      why: `${group} repeats, and the test rows have other ones than the training rows`,
    };
  return { by: "random", why: "" };
};

const isLater = ({ name }: Column, train: readonly Table[], test: Table): boolean => {
  const known = train.map((part) => spanOf(columnNamed(part, name)));
  const asked = spanOf(inTest(name, train[0], test));
  const ends = known.flatMap((span) => span ?? []).toSorted();
  const [first, last] = [ends[0], ends.at(-1)];
  if (asked === undefined || first === undefined || last === undefined || known.includes(undefined)) return false;
  return asked[0] > last && first < last;
};

const inTest = (name: string, train: Table | undefined, test: Table): Column | undefined =>
  train === undefined ? undefined : columnNamed(test, sharedNames(train, test).find(([own]) => own === name)?.[1]);

const timeWords = new Set(
  "date datetime timestamp time year yr month week day quarter period season epoch jahr datum".split(" "),
);

/** First and last moment of a column of dates, or of numbers that are called as moments are, as texts to compare. */
const spanOf = (column: Column | undefined): readonly [string, string] | undefined => {
  if (column?.dates !== undefined) return column.dates;
  if (column?.range === undefined || !wordsOfName(column.name).some((word) => timeWords.has(word))) return undefined;
  const [least, most] = column.range;
  return least < 0 ? undefined : [sortable(least), sortable(most)];
};

const sortable = (moment: number): string => moment.toFixed(6).padStart(32, "0");

/** A column of things that repeat, of which the test rows have others throughout: drawn by chance, some would be on both sides. */
const otherEntities = async (roles: Roles, test: Table, relations: Relations): Promise<string | undefined> => {
  const [train] = roles.train;
  const likely = train.columns
    .filter(
      (column) =>
        couldBeEntity(column) && !roles.targets.includes(column.name) && !roles.id.train.includes(column.name),
    )
    // The widest one: with other hospitals come other patients.
    .toSorted((a, b) => entityRank(a) - entityRank(b) || a.unique - b.unique);
  for (const { name } of likely) {
    const other = inTest(name, train, test)?.name;
    if (other === undefined) continue;
    const related = await Promise.all(roles.train.map((part) => relations.of(part, [name], test, [other])));
    if (related.every(({ shared }) => shared === 0)) return name;
  }
  return undefined;
};

const couldBeEntity = ({ name, type, unique, read, missing }: Column): boolean => {
  if (type === "number" || type === "date" || type === "boolean" || missing > 0 || unique < 5) return false;
  return isIdName(name) ? unique <= 0.8 * read : unique <= 0.5 * read && read - unique >= 10;
};

const entityRank = ({ name, type }: Column): number => (isIdName(name) ? 0 : type === "integer" ? 2 : 1);
