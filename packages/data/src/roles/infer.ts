import { columnNames, type DataFile, type Dataset, type Table } from "../dataset.ts";
import { chooseTest, chooseTrain, findSiblings } from "./choose-tables.ts";
import { findCompanions, joiningId } from "./companions.ts";
import { givenFiles } from "./given-files.ts";
import { findId } from "./id.ts";
import { bare, suggests } from "./names.ts";
import { alignedPair, pairOf } from "./pairs.ts";
import type { Relations } from "./relations.ts";
import type { FileRole, Found, RoleHints } from "./roles.ts";
import { findPairs, namedSample, sortPairs } from "./sort-pairs.ts";
import { findTargets } from "./targets.ts";

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
  const sorted = await sortPairs(pairs, known, given, hints, relations);
  const sample = given.sample ?? sorted.sample?.small ?? namedSample(known, given.all);
  const labels = given.labels ?? sorted.labels?.small;
  const resolved = new Set([sample, labels, ...sorted.testLabels.map(({ small }) => small)]);
  const rest = known.filter((table) => !resolved.has(table));
  const early = given.test ?? sorted.sample?.big ?? sorted.testLabels[0]?.big;
  const train = given.train[0] ?? sorted.labels?.big ?? (await chooseTrain(rest, early, sample, hints, relations));
  if (train === undefined) return { kind: "no-table", why: "nothing shows which table holds the labelled rows" };
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
  const whole = await relations.join(train, parts);
  const target = findTargets({ train: whole, labelled: labels ?? whole, test, sample, id, hints });
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
      whole,
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
