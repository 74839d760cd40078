import { cp } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { columnNames, seededRandom, type Roles } from "@aide-ts/core";
import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import { classesOf, normalLabel } from "../submission/values.ts";
import { LabelCensus, labelOf } from "./census.ts";
import { holdoutSampler, selectionSampler } from "./choose.ts";
import { asLine, formatRow, readRows } from "./rows.ts";
import { freshKeys, mixed, mixedLines, testKeys, writeTable, type HeldRow } from "./test-rows.ts";

export interface HoldoutOptions {
  readonly fraction: number;
  readonly rows: number;
  readonly seed: number;
  readonly kind: SubmissionFormat["kind"];
}

/** What scripts get, and what only evaluators know. */
export interface PreparedData {
  readonly submission: SubmissionFormat;
  readonly heldOut: HeldOut | undefined;
  /** Rows with a label, those held back included. */
  readonly labelled: number;
  /** The target's classes as the data writes them, of two the positive one last; empty where there are too many to be classes. */
  readonly classes: readonly string[];
  /** The form of the user's own test rows, for the final run; none where the user gave no test file. */
  readonly finalSubmission: SubmissionFormat | undefined;
}

/** Labels of training rows that are kept for the trivial predictor; of a longer table a sample of so many. */
const keptLabels = 100_000;

/**
 * Lays a data folder out for scripts and holds labelled rows back: they leave the training table and join, without their labels and in mixed
 * order, the rows to predict. Sources are only read, row by row: what is kept in memory grows with the rows to predict, not with the
 * training table.
 */
export const prepareData = async (
  source: string,
  target: string,
  roles: Roles,
  options: HoldoutOptions,
): Promise<PreparedData> => {
  const census = await countLabels(source, roles);
  const { labelled } = census;
  const classes = census.classes === undefined ? [] : writtenClasses([...census.classes.keys()]);
  const own = await testKeys(source, roles);
  const format = (keys: readonly string[]) => formatFor(roles, options.kind, keys);
  const finalSubmission = roles.test === undefined ? undefined : format(own);
  const isHeld = holdoutSampler(census, options.fraction, options.rows, options.seed);
  if (isHeld === undefined) {
    await cp(source, target, { recursive: true, dereference: true, mode: 2 });
    return { submission: format(own), heldOut: undefined, labelled, classes, finalSubmission };
  }
  const testPath = roles.test?.path ?? join(dirname(roles.train.path), "test.csv");
  await copyOthers(source, target, [
    roles.train.path,
    testPath,
    ...(roles.sample === undefined ? [] : [roles.sample.path]),
  ]);
  const { held, train } = await holdBack(source, target, roles, isHeld, labelled, own, options.seed);
  const places = [...mixed(own.length, held, options.seed)];
  await writeTable(
    join(target, testPath),
    testColumns(roles),
    testDelimiter(roles),
    mixedLines(source, roles.test, places),
  );
  const keyAt = (row: number) => {
    const place = places[row];
    if (roles.id === undefined || place === undefined) return String(row);
    return "held" in place ? place.held.key : (own[place.own] ?? "");
  };
  const submission = format(places.map((_, row) => keyAt(row)));
  if (roles.sample !== undefined) await writeSample(source, target, roles.sample, submission);
  const truth = new Map(
    places.flatMap((place, row) => ("held" in place ? [[keyAt(row), place.held.truth] as const] : [])),
  );
  return { submission, heldOut: { truth, train }, labelled, classes, finalSubmission };
};

const countLabels = async (source: string, roles: Roles): Promise<LabelCensus> => {
  const census = new LabelCensus();
  const targets = targetsAt(roles);
  for await (const { record } of readRows(join(source, roles.train.path), roles.train.table.delimiter))
    census.add(targets.map((column) => record[column] ?? ""));
  return census;
};

const writtenClasses = (labels: readonly string[]): readonly string[] => {
  const written = new Map(labels.map((label) => [normalLabel(label), label]));
  return classesOf(labels).map((label) => written.get(label) ?? label);
};

const targetsAt = (roles: Roles): readonly number[] => {
  const columns = columnNames(roles.train);
  return roles.targets.map((name) => columns.indexOf(name));
};

/** The columns of the rows to predict: the test file's, else the training table's without the targets. */
const testColumns = (roles: Roles): readonly string[] =>
  roles.test === undefined
    ? columnNames(roles.train).filter((name) => !roles.targets.includes(name))
    : columnNames(roles.test);

const testDelimiter = ({ test, train }: Roles): string => (test ?? train).table.delimiter;

/** Copies what is not written anew. */
const copyOthers = (source: string, target: string, written: readonly string[]): Promise<void> =>
  cp(source, target, {
    recursive: true,
    dereference: true,
    mode: 2,
    filter: (path) => !written.includes(relative(source, path)),
  });

/** Writes the training table without the held rows; gives those, and labels of the rest. */
const holdBack = async (
  source: string,
  target: string,
  roles: Roles,
  isHeld: (label: string) => boolean,
  labelled: number,
  own: readonly string[],
  seed: number,
): Promise<{ readonly held: readonly HeldRow[]; readonly train: readonly (readonly string[])[] }> => {
  const columns = columnNames(roles.train);
  const { delimiter } = roles.train.table;
  const targets = targetsAt(roles);
  const asked = testColumns(roles);
  const rename = freshKeys(own);
  const held: HeldRow[] = [];
  const train: (readonly string[])[] = [];
  const isKept = selectionSampler(Math.min(labelled, keptLabels), labelled, seededRandom("labels", seed, labelled));
  const rest = async function* () {
    for await (const { record, raw } of readRows(join(source, roles.train.path), delimiter)) {
      const truth = targets.map((column) => record[column] ?? "");
      const label = labelOf(truth);
      const kept = label !== undefined && isKept();
      if (label === undefined || !isHeld(label)) {
        if (kept) train.push(truth);
        yield asLine(raw);
        continue;
      }
      const cell = (name: string) => record[columns.indexOf(name)] ?? "";
      const key = roles.id === undefined ? "" : rename(cell(roles.id).trim());
      const cells = asked.map((name) => (name === roles.id ? key : cell(name)));
      held.push({ key, line: formatRow(cells, testDelimiter(roles)), truth });
    }
  };
  await writeTable(join(target, roles.train.path), columns, delimiter, rest());
  return { held, train };
};

const formatFor = (roles: Roles, kind: SubmissionFormat["kind"], keys: readonly string[]): SubmissionFormat => {
  const sample = columnNames(roles.sample);
  const columns = sample.length > 0 ? sample : [...(roles.id === undefined ? [] : [roles.id]), ...roles.targets];
  const id = roles.id !== undefined && columns.includes(roles.id) ? roles.id : undefined;
  return { columns, ...(id === undefined ? {} : { id }), keys, kind, targets: roles.targets };
};

/** Writes the user's sample submission for the mixed rows: its own answers where it has them, elsewhere the first one's. */
const writeSample = async (
  source: string,
  target: string,
  sample: NonNullable<Roles["sample"]>,
  { columns, id, keys }: SubmissionFormat,
): Promise<void> => {
  const { delimiter } = sample.table;
  const idAt = id === undefined ? -1 : columns.indexOf(id);
  const given = new Map<string, readonly string[]>();
  let row = 0;
  for await (const { record } of readRows(join(source, sample.path), delimiter))
    given.set(idAt === -1 ? String(row++) : (record[idAt] ?? "").trim(), record);
  const [filler = columns.map(() => "0")] = given.values();
  const lines = function* () {
    for (const key of keys) {
      const cells = idAt === -1 ? filler : (given.get(key) ?? filler);
      yield formatRow(
        cells.map((cell, column) => (column === idAt ? key : cell)),
        delimiter,
      );
    }
  };
  await writeTable(join(target, sample.path), columns, delimiter, lines());
};
