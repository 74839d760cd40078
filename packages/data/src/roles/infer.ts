import { AideError } from "@aide-ts/plugin";
import { columnNames, type DataFile, type Dataset, type Table } from "../dataset.ts";
import { findCompanions, joiningId } from "./companions.ts";
import { findId } from "./id.ts";
import { askedFor } from "./goal.ts";
import { bare, isIdName, suggests, withoutNumber } from "./names.ts";
import { alignedPair, pairOf, sharedNames, type Pair } from "./pairs.ts";
import type { Relations } from "./relations.ts";
import type { FileRole, Found, RoleHints } from "./roles.ts";
import { findTargets } from "./targets.ts";

/** Tables whose rows are compared whole: more cells than this take too long. */
const mostCells = 20_000_000;

/**
 * Finds what each table of a folder is from what they hold: columns, ids, numbers of rows, overlap. Names of files only break ties.
 * @throws AIDE_ROLE_UNKNOWN for a file or column that the config names and the folder lacks
 */
export const inferRoles = async (dataset: Dataset, hints: RoleHints, relations: Relations): Promise<Found> => {
  const tables = dataset.files.flatMap((file) => (isTable(file) ? [file.table] : []));
  const given = givenFiles(tables, hints);
  const descriptions = tables.filter((table) => isDictionary(table, tables) && !given.all.includes(table));
  const known = tables.filter((table) => !descriptions.includes(table));
  const [first] = known;
  if (first === undefined) return { kind: "no-table", why: "the folder holds no table that pandas reads" };

  const pairs = await findPairs(known, relations);
  const sorted = sortPairs(pairs, known, given, hints);
  const sample = given.sample ?? sorted.sample?.small ?? namedSample(known, given.all);
  const labels = given.labels ?? sorted.labels?.small;
  const settled = new Set([sample, labels, ...sorted.testLabels.map(({ small }) => small)]);
  const rest = known.filter((table) => !settled.has(table));
  const early = given.test ?? sorted.sample?.big ?? sorted.testLabels[0]?.big;
  const train = given.train[0] ?? sorted.labels?.big ?? (await chooseTrain(rest, early, sample, hints, relations));
  if (train === undefined) return { kind: "no-table", why: "nothing tells which table holds the labelled rows" };
  const others = rest.filter((table) => table !== train);
  const siblings =
    given.train.length > 0
      ? []
      : await findSiblings(
          train,
          others.filter((table) => table !== early),
          relations,
        );
  const parts =
    given.train.length > 0
      ? given.train.slice(1)
      : siblings.filter(({ kind }) => kind === "part").map(({ table }) => table);
  const contained = siblings.filter(({ kind }) => kind === "contained").map(({ table }) => table);
  const free = others.filter((table) => !parts.includes(table) && !contained.includes(table));
  const test = early ?? (await chooseTest(train, labels, free, hints, relations));

  const labelPair =
    labels === undefined
      ? undefined
      : (sorted.labels ?? (await pairOf(labels, train, relations)) ?? alignedPair(labels, train));
  const join =
    labelPair === undefined || labelPair.keys.length === 0
      ? undefined
      : { features: labelPair.bigKeys, labels: labelPair.keys };
  const labelled = labels ?? train;
  const beside = free.filter((table) => table !== test);
  const named = await findId({ train, labelled, test, sample, hints, relations });
  const joining =
    test === undefined || sample !== undefined || named.train.length > 0
      ? undefined
      : await joiningId(train, test, beside, relations);
  const id = joining ?? named;
  const target = findTargets({ train, labelled, test, sample, id, hints });
  if (target.kind === "unclear")
    return { kind: "no-target", train: labelled, candidates: target.candidates, why: target.why };
  const { targets, answer, because } = target;
  const companions = test === undefined ? [] : await findCompanions(train, test, id, beside, relations);

  const files = tables.map((table): FileRole => {
    const of = (role: FileRole["role"], why: string): FileRole => ({ path: table.path, role, why });
    if (table === train) return of("train", whyTrain(labels === undefined ? targets : [], table));
    if (parts.includes(table)) return of("train", `the columns of ${train.path}, other rows`);
    if (table === labels)
      return of(
        "labels",
        join === undefined
          ? "as many rows as the training rows"
          : `${targets.join(", ")} for each ${join.labels.join(", ")} of the training rows`,
      );
    if (table === test) return of("test", "the columns of the training rows, rows to predict");
    if (table === sample)
      return of(
        "sample",
        id.sample.length > 0
          ? `a row for each ${id.sample.join(", ")} of the test rows`
          : "the columns of a submission",
      );
    if (sorted.testLabels.some(({ small }) => small === table))
      return of("test labels", "answers for the test rows: they stay out");
    const companion = companions.find((one) => one.train === table || one.test === table);
    if (companion !== undefined)
      return of("companion", `more columns by ${companion.train === table ? companion.on : companion.testOn}`);
    if (contained.includes(table)) return of("part of train", `its rows are rows of ${train.path}`);
    if (descriptions.includes(table)) return of("description", "it names columns of other tables");
    return of("other", "it stays as it is");
  });
  return {
    kind: "found",
    roles: {
      train: [train, ...parts],
      labels: labels === undefined ? undefined : { table: labels, join },
      test,
      sample,
      companions,
      id,
      targets,
      answer,
      because,
      files,
    },
  };
};

const whyTrain = (targets: readonly string[], table: Table): string =>
  targets.length === 0
    ? "features of the labelled rows"
    : `it holds ${targets.join(", ")}${suggests.train(table.path) ? "" : ", whatever its name"}`;

const isTable = (file: DataFile): file is DataFile & { kind: "table" } => file.kind === "table";

interface Given {
  readonly train: readonly Table[];
  readonly test: Table | undefined;
  readonly sample: Table | undefined;
  readonly labels: Table | undefined;
  readonly all: readonly Table[];
}

const givenFiles = (tables: readonly Table[], { files }: RoleHints): Given => {
  const named = (role: keyof RoleHints["files"]): readonly Table[] =>
    (files[role] ?? []).map((path) => {
      const table = tables.find((one) => one.path === path.replace(/^\.\//, ""));
      if (table === undefined) throw unknownFile(role, path, tables);
      return table;
    });
  const [train, test, sample, labels] = [named("train"), named("test"), named("sample"), named("labels")];
  return { train, test: test[0], sample: sample[0], labels: labels[0], all: [...train, ...test, ...sample, ...labels] };
};

const unknownFile = (role: string, path: string, tables: readonly Table[]): AideError =>
  new AideError({
    code: "AIDE_ROLE_UNKNOWN",
    message: `roles.${role} names "${path}", and no table of the data folder is called so.`,
    fix:
      tables.length === 0
        ? "The folder holds no table."
        : `Name one of: ${tables
            .map((table) => table.path)
            .slice(0, 12)
            .join(", ")}.`,
    fault: "user",
  });

/** A table about columns: one of its own columns names those of another table. */
const isDictionary = (table: Table, tables: readonly Table[]): boolean =>
  table.rows <= 5000 &&
  table.columns.some(
    ({ type, values, unique, read }) =>
      (type === "category" || type === "text") &&
      unique >= 2 &&
      unique > read / 2 &&
      tables.some((other) => other !== table && values.length >= 2 && namesColumns(values, other)),
  );

const namesColumns = (values: readonly string[], table: Table): boolean => {
  const names = new Set(columnNames(table).map(bare));
  return values.filter((value) => names.has(bare(value))).length >= 0.6 * values.length;
};

const findPairs = async (tables: readonly Table[], relations: Relations): Promise<readonly Pair[]> => {
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

interface SortedPairs {
  readonly sample: Pair | undefined;
  readonly labels: Pair | undefined;
  readonly testLabels: readonly Pair[];
}

/** Tells submissions' forms from labels that lie apart. */
const sortPairs = (pairs: readonly Pair[], tables: readonly Table[], given: Given, hints: RoleHints): SortedPairs => {
  const likely = pairs
    .filter(({ small, big }) =>
      !given.all.includes(small) || small === given.sample || small === given.labels ? big !== given.sample : false,
    )
    .map((pair) => ({ pair, holder: holderOf(pair, tables), rank: rankOf(pair) }))
    .toSorted((a, b) => b.rank - a.rank);
  const forms = likely.filter(({ holder }) => holder !== undefined);
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
 * one of the two but for columns that are missing in it, as the test rows lack the target.
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

const areAlike = (first: Table, second: Table): boolean =>
  first !== second && sharedNames(first, second).length >= 0.6 * Math.max(first.columns.length, second.columns.length);

const namedSample = (tables: readonly Table[], given: readonly Table[]): Table | undefined =>
  tables
    .filter(
      (table) =>
        suggests.sample(table.path) &&
        !given.includes(table) &&
        tables.some((other) => other !== table && other.columns.length >= 2),
    )
    .toSorted((a, b) => a.columns.length - b.columns.length)[0];

const chooseTrain = async (
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

/** Whether a table has the columns of another but for some, as the test rows those of the training rows. */
const isFeaturesOf = (table: Table, other: Table): boolean => {
  const shared = sharedNames(table, other).length;
  return (
    shared >= 1 &&
    shared >= table.columns.length - 1 &&
    shared >= other.columns.length / 2 &&
    other.columns.length > shared
  );
};

const isContained = async (part: Table, whole: Table, relations: Relations): Promise<boolean> => {
  if (part.rows > whole.rows || part.columns.length !== whole.columns.length) return false;
  const shared = sharedNames(part, whole);
  if (shared.length !== part.columns.length || whole.rows * shared.length > mostCells) return false;
  const { unique, shared: same } = await relations.of(
    part,
    shared.map(([own]) => own),
    whole,
    shared.map(([, other]) => other),
  );
  return same === unique[0] && (part.rows < whole.rows || part.path.length > whole.path.length);
};

/** Tables with the training table's columns: further parts of it, or rows that it has already. */
const findSiblings = async (
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

const chooseTest = async (
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
  const { unique, shared: same } = await relations.of(
    table,
    shared.map(([own]) => own),
    train,
    shared.map(([, other]) => other),
  );
  return same === unique[0] && unique[0] > 1 && shared.some(([name]) => isIdName(name));
};
