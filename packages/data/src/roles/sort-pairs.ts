import { columnNames, type Table } from "../dataset.ts";
import type { Given } from "./given-files.ts";
import { askedFor } from "./goal.ts";
import { bare, suggests } from "./names.ts";
import { alignedPair, pairOf, sharedNames, type Pair } from "./pairs.ts";
import type { Relations } from "./relations.ts";
import type { RoleHints } from "./roles.ts";

// Two tables whose rows belong together: a form of a submission and the test rows, or labels and features.

export const findPairs = async (tables: readonly Table[], relations: Relations): Promise<readonly Pair[]> => {
  const found: Pair[] = [];
  for (const small of tables)
    for (const big of tables) {
      const pair = await pairOf(small, big, relations);
      if (pair !== undefined) found.push(pair);
    }
  const loose = tables.flatMap((small) =>
    small.columns.length > 3 || found.some((pair) => pair.small === small || pair.big === small)
      ? []
      : tables.flatMap((big) => alignedPair(small, big) ?? []),
  );
  return [...found, ...loose];
};

export interface SortedPairs {
  readonly sample: Pair | undefined;
  readonly labels: Pair | undefined;
  readonly testLabels: readonly Pair[];
}

/** Distinguishes submission forms from labels that are stored separately. */
export const sortPairs = async (
  pairs: readonly Pair[],
  tables: readonly Table[],
  given: Given,
  hints: RoleHints,
  relations: Relations,
): Promise<SortedPairs> => {
  const likely = pairs
    .filter(({ small, big }) =>
      !given.all.includes(small) || small === given.sample || small === given.labels ? big !== given.sample : false,
    )
    .map((pair) => ({ pair, holder: holderOf(pair, tables), rank: rankOf(pair) }))
    .toSorted((a, b) => b.rank - a.rank);
  const forms: (typeof likely)[number][] = [];
  for (const one of likely)
    if (one.holder !== undefined && !(await holdSameRows(one.pair.big, one.holder, relations))) forms.push(one);
  const form = forms.find(({ pair }) => suggests.sample(pair.small.path)) ?? forms[0];
  if (form !== undefined) {
    const answers = forms.filter(
      ({ pair }) => pair.big === form.pair.big && pair.small !== form.pair.small && pair.small !== form.holder,
    );
    const same = answers.filter(({ pair }) => pair.answers.join() === form.pair.answers.join());
    return { sample: form.pair, labels: undefined, testLabels: same.map(({ pair }) => pair) };
  }
  const apart = likely.filter(
    ({ pair }) =>
      (pair.small.columns.length <= pair.big.columns.length || suggests.labels(pair.small.path)) &&
      !hasOwnTarget(pair, tables, hints),
  );
  const twins = apart.filter(({ pair }) =>
    apart.some((other) => other.pair.big !== pair.big && areAlike(other.pair.big, pair.big)),
  );
  if (twins.length > 0) {
    // Features and labels of both: the training rows' labels are those that are not a form with one answer for all.
    const trains = twins.toSorted((a, b) => trainRank(b.pair) - trainRank(a.pair));
    const labels = trains[0]?.pair;
    const other = twins.find(({ pair }) => pair.big !== labels?.big)?.pair;
    const isForm = other !== undefined && (suggests.sample(other.small.path) || isConstant(other));
    return { labels, sample: isForm ? other : undefined, testLabels: other === undefined || isForm ? [] : [other] };
  }
  const [only] = apart;
  if (only === undefined) return { sample: undefined, labels: undefined, testLabels: [] };
  if (suggests.sample(only.pair.small.path)) return { sample: only.pair, labels: undefined, testLabels: [] };
  const others = tables.filter((table) => table !== only.pair.small && table !== only.pair.big);
  // A side table with a row for each training row is no table of labels where the training rows have their target already.
  const isLabels =
    suggests.labels(only.pair.small.path) ||
    others.some((table) => areAlike(table, only.pair.big)) ||
    others.length === 0;
  return { sample: undefined, labels: isLabels ? only.pair : undefined, testLabels: [] };
};

/**
 * Whether a pair is of two tables of features, one of them with the target: what is asked for stands among the big table's own columns, or a third table is
 * one of the two except for columns that are missing in it, as the test rows lack the target.
 */
const hasOwnTarget = (pair: Pair, tables: readonly Table[], { targets, words }: RoleHints): boolean => {
  const { small, big, answers } = pair;
  const own = columnNames(big);
  if (targets.length > 0) return targets.every((name) => own.includes(name));
  if (suggests.labels(small.path)) return false;
  const others = tables.filter((table) => table !== small && table !== big);
  const keys = new Set([...pair.keys, ...pair.bigKeys].map(bare));
  if (others.some((table) => [small, big].some((one) => lacks(table, one, keys) || lacks(one, table, keys))))
    return true;
  const [named] = askedFor([...own, ...answers], words);
  return named !== undefined && own.includes(named) && !answers.includes(named);
};

/** Whether a table has columns of another, keys aside, and no others, but not all of them. */
const lacks = (table: Table, other: Table, keys: ReadonlySet<string>): boolean =>
  table.columns.length < other.columns.length &&
  sharedNames(table, other).length === table.columns.length &&
  table.columns.some(({ name }) => !keys.has(bare(name)));

/** A third table that has the features of the big one and, beside them, what the small one answers: the training table. */
const holderOf = ({ small, big, answers, bigKeys }: Pair, tables: readonly Table[]): Table | undefined =>
  tables.find((table) => {
    if (table === small || table === big) return false;
    const names = new Set(columnNames(table).map(bare));
    const features = columnNames(big).filter((name) => !bigKeys.includes(name));
    const shared = features.filter((name) => names.has(bare(name)));
    if (features.length > 0 && shared.length < features.length / 2) return false;
    if (answers.every((name) => names.has(bare(name))))
      return features.length > 0 || table.columns.length > answers.length;
    const extra = table.columns.filter(({ name }) => !columnNames(big).some((other) => bare(other) === bare(name)));
    return (
      shared.length > 0 &&
      extra.length > 0 &&
      (suggests.sample(small.path) || extra.some((column) => areClasses(answers, column.values)))
    );
  });

/** Whether all rows of one table stand in the other, as far as they have the same columns: then neither is the test rows of the other. */
const holdSameRows = async (table: Table, other: Table, relations: Relations): Promise<boolean> => {
  const pairs = sharedNames(table, other);
  // Ids alone say little: they may be counted anew in each table.
  if (pairs.length < 2) return false;
  const { unique, shared } = await relations.of(
    table,
    pairs.map(([own]) => own),
    other,
    pairs.map(([, name]) => name),
  );
  return shared > 0 && shared === Math.min(...unique);
};

/** Whether columns are called after the classes of a column, with or without something before or behind. */
const areClasses = (answers: readonly string[], values: readonly string[]): boolean =>
  answers.length > 1 &&
  values.length === answers.length &&
  values.every((value) => answers.some((name) => bare(name).endsWith(bare(value)) && bare(value) !== ""));

const isConstant = ({ small, answers }: Pair): boolean =>
  small.columns.filter(({ name }) => answers.includes(name)).every(({ unique }) => unique <= 1);

/** How likely the small table of a pair is the small one. */
const rankOf = (pair: Pair): number =>
  (suggests.sample(pair.small.path) ? 4 : 0) +
  (isConstant(pair) ? 3 : 0) +
  (suggests.labels(pair.small.path) ? 2 : 0) +
  (suggests.test(pair.big.path) ? 1 : 0) -
  (suggests.sample(pair.big.path) || suggests.labels(pair.big.path) ? 4 : 0) +
  (pair.keys.length > 0 ? 1 : 0) +
  (pair.small.columns.length < pair.big.columns.length ? 2 : 0);

const trainRank = ({ small, big, ...pair }: Pair): number =>
  (suggests.train(small.path) || suggests.train(big.path) ? 4 : 0) -
  (suggests.test(small.path) || suggests.test(big.path) ? 4 : 0) -
  (suggests.sample(small.path) ? 4 : 0) -
  (isConstant({ small, big, ...pair }) ? 3 : 0) +
  (small.columns.length < big.columns.length ? 1 : -1) +
  Math.min(1, big.rows / 1e9);

/** A form of a submission by its name alone. */
export const namedSample = (tables: readonly Table[], given: readonly Table[]): Table | undefined =>
  tables
    .filter(
      (table) =>
        suggests.sample(table.path) &&
        !given.includes(table) &&
        tables.some((other) => other !== table && other.columns.length >= 2),
    )
    .toSorted((a, b) => a.columns.length - b.columns.length)[0];

/** Whether two tables have most of their columns in common. */
const areAlike = (first: Table, second: Table): boolean =>
  first !== second && sharedNames(first, second).length >= 0.6 * Math.max(first.columns.length, second.columns.length);
