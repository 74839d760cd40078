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
  const train = roles.whole;
  if (wish.by === "random") return { by: "random", why: "the config says so" };
  if (wish.by !== undefined) {
    const column =
      wish.column ?? (wish.by === "time" ? train.columns.find(({ type }) => type === "date")?.name : undefined);
    if (column !== undefined && columnNames(train).includes(column))
      return { by: wish.by, column, why: "the config says so" };
  }
  if (roles.test === undefined) return { by: "random", why: "no test rows to be like" };
  const { test } = roles;
  const later = train.columns.find((column) => isLater(column, roles, test));
  const byTime = (column: string): SplitRule => ({
    by: "time",
    column,
    why: `by ${column} the test rows come after the training rows`,
  });
  const byGroup = (column: string): SplitRule => ({
    by: "group",
    column,
    why: `${column} repeats, and the test rows have other ones than the training rows`,
  });
  if (later !== undefined && wish.by !== "group") return byTime(later.name);
  const [numbered, named] = partitioned(entitiesOf(roles), ({ name, type }) => type === "integer" && !isIdName(name));
  const group = await firstApart(named, roles, test, relations);
  if (group !== undefined) return byGroup(group);
  // Periods that are counted, under any name: other numbers throughout, and all of them higher.
  const counted = train.columns.find((column) => isCountedLater(column, roles, test));
  if (counted !== undefined && wish.by !== "group") return byTime(counted.name);
  const other = await firstApart(numbered, roles, test, relations);
  return other === undefined ? { by: "random", why: "" } : byGroup(other);
};

const isLater = ({ name }: Column, { train, targets }: Roles, test: Table): boolean =>
  !targets.includes(name) && isAfter(name, train, test, momentsOf, "may share a moment");

/** So many rows are not all higher by chance. */
const fewRows = 10;

const isCountedLater = ({ name, type }: Column, { train, targets, id }: Roles, test: Table): boolean =>
  type === "integer" &&
  test.rows >= fewRows &&
  !isIdName(name) &&
  ![...targets, ...id.train].includes(name) &&
  [...train, test].every(({ rows, columns: [first] }) => first?.read === rows) &&
  isAfter(name, train, test, rangeOf, "apart");

type Span = readonly [first: string, last: string];

/**
 * Whether a column's span in the test rows lies after the one in the training rows. A table that is cut after so many rows is often cut within a
 * day: the first moment of the test rows may then be the last of the training rows, where later ones follow.
 */
const isAfter = (
  name: string,
  train: readonly Table[],
  test: Table,
  spanOf: (column: Column | undefined) => Span | undefined,
  border: "may share a moment" | "apart",
): boolean => {
  const known = train.map((part) => spanOf(columnNamed(part, name)));
  const asked = spanOf(inTest(name, train[0], test));
  const ends = known.flatMap((span) => span ?? []).toSorted();
  const [first, last] = [ends[0], ends.at(-1)];
  if (asked === undefined || first === undefined || last === undefined || known.includes(undefined)) return false;
  const begins = asked[0] > last || (border === "may share a moment" && asked[0] === last && asked[1] > last);
  return begins && first < last;
};

const inTest = (name: string, train: Table | undefined, test: Table): Column | undefined =>
  train === undefined ? undefined : columnNamed(test, sharedNames(train, test).find(([own]) => own === name)?.[1]);

const timeWords = new Set(
  "date datetime timestamp time year yr month week day quarter period season epoch jahr datum".split(" "),
);

/** First and last moment of a column of dates, or of numbers that are called as moments are, as texts to compare. */
const momentsOf = (column: Column | undefined): Span | undefined =>
  column?.dates ?? (wordsOfName(column?.name ?? "").some((word) => timeWords.has(word)) ? rangeOf(column) : undefined);

const rangeOf = (column: Column | undefined): Span | undefined => {
  const [least, most] = column?.range ?? [-1, -1];
  return least < 0 ? undefined : [sortable(least), sortable(most)];
};

const sortable = (moment: number): string => moment.toFixed(6).padStart(32, "0");

/** Columns of things that repeat: those called as ids are first, then the widest, as with other hospitals come other patients. */
const entitiesOf = ({ whole, targets, id }: Roles): readonly Column[] =>
  whole.columns
    .filter((column) => couldBeEntity(column) && !targets.includes(column.name) && !id.train.includes(column.name))
    .toSorted((a, b) => Number(isIdName(b.name)) - Number(isIdName(a.name)) || a.unique - b.unique);

/** The first column of which the test rows have other values throughout: drawn by chance, some would be on both sides. */
const firstApart = async (
  columns: readonly Column[],
  { train }: Roles,
  test: Table,
  relations: Relations,
): Promise<string | undefined> => {
  const isApart = async (name: string): Promise<boolean> => {
    const other = inTest(name, train[0], test)?.name;
    if (other === undefined) return false;
    const related = await Promise.all(train.map((part) => relations.of(part, [name], test, [other])));
    return related.every(({ shared }) => shared === 0);
  };
  for (let from = 0; from < columns.length; from += atOnce) {
    const some = columns.slice(from, from + atOnce);
    const apart = await Promise.all(some.map(({ name }) => isApart(name)));
    const first = some.find((_, at) => apart[at]);
    if (first !== undefined) return first.name;
  }
  return undefined;
};

/** Columns whose values are held in memory together. */
const atOnce = 8;

const partitioned = <T>(all: readonly T[], belongs: (one: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(belongs),
  all.filter((one) => !belongs(one)),
];

const couldBeEntity = ({ name, type, unique, read, missing }: Column): boolean => {
  if (type === "number" || type === "date" || type === "boolean" || missing > 0 || unique < 5) return false;
  return isIdName(name) ? unique <= 0.8 * read : unique <= 0.5 * read && read - unique >= 10;
};
