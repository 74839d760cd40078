import { createWriteStream } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { columnNames, isMissing, seededRandom, type Roles } from "@aide-ts/core";
import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import { classesOf } from "../submission/values.ts";
import { chooseHeldOut } from "./choose.ts";
import { asLine, formatRow, readRows } from "./rows.ts";

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
  readonly classes: readonly string[];
  /** The form of the user's own test rows, for the final run; none where the user gave no test file. */
  readonly finalSubmission: SubmissionFormat | undefined;
}

/**
 * Copies a data folder for scripts and holds labelled rows back: they leave the training table and join, without their labels and in mixed
 * order, the rows to predict. Sources are only read.
 */
export const prepareData = async (
  source: string,
  target: string,
  roles: Roles,
  options: HoldoutOptions,
): Promise<PreparedData> => {
  await cp(source, target, { recursive: true, dereference: true, mode: 2 });
  const trainColumns = columnNames(roles.train);
  const at = (name: string) => trainColumns.indexOf(name);
  const delimiter = roles.train.table.delimiter;
  const targets = roles.targets.map(at);
  const labels: (string | undefined)[] = [];
  const train: (readonly string[])[] = [];
  const trainIds: string[] = [];
  for await (const { record } of readRows(join(source, roles.train.path), delimiter)) {
    const values = targets.map((column) => record[column] ?? "");
    labels.push(values.some(isMissing) ? undefined : (values[0] ?? ""));
    train.push(values);
    if (roles.id !== undefined) trainIds.push(record[at(roles.id)] ?? "");
  }
  const classes = classesOf(labels.filter((label) => label !== undefined));
  const chosen = chooseHeldOut(labels, options.fraction, options.rows, options.seed);
  const own = await testRows(source, roles);
  const finalSubmission =
    own === undefined
      ? undefined
      : formatFor(
          roles,
          options.kind,
          own.map(({ key }) => key),
        );
  if (chosen.size === 0) {
    const keys = own?.map(({ key }) => key) ?? [];
    return { submission: formatFor(roles, options.kind, keys), heldOut: undefined, classes, finalSubmission };
  }
  const held = await holdBack(source, target, roles, chosen, own ?? []);
  const ordered = mix(own ?? [], held, options.seed);
  const testPath = roles.test?.path ?? join(dirname(roles.train.path), "test.csv");
  const testColumns =
    roles.test === undefined ? trainColumns.filter((name) => !roles.targets.includes(name)) : columnNames(roles.test);
  await writeTable(
    join(target, testPath),
    testColumns,
    roles.test?.table.delimiter ?? delimiter,
    ordered.map(({ line }) => line),
  );
  const keys = ordered.map(({ key }, row) => (roles.id === undefined ? String(row) : key));
  const submission = formatFor(roles, options.kind, keys);
  await writeSample(source, target, roles, submission, testPath, labels);
  const truth = new Map(
    ordered.flatMap(({ truth: values }, row) => (values === undefined ? [] : [[keys[row] ?? "", values] as const])),
  );
  return {
    submission,
    heldOut: { truth, train: train.filter((_, row) => !chosen.has(row) && labels[row] !== undefined) },
    classes,
    finalSubmission,
  };
};

interface TestRow {
  readonly key: string;
  readonly line: string;
  readonly truth?: readonly string[];
}

const testRows = async (source: string, roles: Roles): Promise<TestRow[] | undefined> => {
  if (roles.test === undefined) return undefined;
  const idAt = roles.id === undefined ? -1 : columnNames(roles.test).indexOf(roles.id);
  const rows: TestRow[] = [];
  for await (const { record, raw } of readRows(join(source, roles.test.path), roles.test.table.delimiter)) {
    rows.push({ key: idAt === -1 ? String(rows.length) : (record[idAt] ?? "").trim(), line: asLine(raw) });
  }
  return rows;
};

/** Writes the training table without the held rows, and gives those in the form of test rows. */
const holdBack = async (
  source: string,
  target: string,
  roles: Roles,
  chosen: ReadonlySet<number>,
  own: readonly TestRow[],
): Promise<TestRow[]> => {
  const columns = columnNames(roles.train);
  const { delimiter } = roles.train.table;
  const testColumns =
    roles.test === undefined ? columns.filter((name) => !roles.targets.includes(name)) : columnNames(roles.test);
  const rename = freshKeys(own);
  const held: TestRow[] = [];
  const keep = async function* () {
    yield formatRow(columns, delimiter);
    let row = 0;
    for await (const { record, raw } of readRows(join(source, roles.train.path), delimiter)) {
      if (!chosen.has(row++)) {
        yield asLine(raw);
        continue;
      }
      const cell = (name: string) => record[columns.indexOf(name)] ?? "";
      const key = roles.id === undefined ? "" : rename(cell(roles.id).trim());
      const cells = testColumns.map((name) => (name === roles.id ? key : cell(name)));
      held.push({
        key,
        line: formatRow(cells, roles.test?.table.delimiter ?? delimiter),
        truth: roles.targets.map(cell),
      });
    }
  };
  await pipeline(Readable.from(keep()), createWriteStream(join(target, roles.train.path)));
  return held;
};

/** A held row whose id is also a test row's gets a fresh one, beyond every number there is. */
const freshKeys = (own: readonly TestRow[]): ((key: string) => string) => {
  const taken = new Set(own.map(({ key }) => key));
  let next = own.reduce((most, { key }) => (/^\d{1,15}$/.test(key) ? Math.max(most, Number(key)) : most), 0);
  return (key) => {
    if (!taken.has(key)) {
      taken.add(key);
      return key;
    }
    while (taken.has(String(++next)));
    taken.add(String(next));
    return String(next);
  };
};

/** Test rows keep their order; held rows come in between, at seeded places. */
const mix = (own: readonly TestRow[], held: readonly TestRow[], seed: number): readonly TestRow[] => {
  const random = seededRandom("mix", seed, own.length, held.length);
  const placed = [
    ...own.map((row, at) => ({ row, at: (at + 0.5) / own.length })),
    ...held.map((row) => ({ row, at: random() })),
  ];
  return placed.sort((a, b) => a.at - b.at).map(({ row }) => row);
};

const formatFor = (roles: Roles, kind: SubmissionFormat["kind"], keys: readonly string[]): SubmissionFormat => {
  const sample = columnNames(roles.sample);
  const columns = sample.length > 0 ? sample : [...(roles.id === undefined ? [] : [roles.id]), ...roles.targets];
  const id = roles.id !== undefined && columns.includes(roles.id) ? roles.id : undefined;
  return { columns, ...(id === undefined ? {} : { id }), keys, kind, targets: roles.targets };
};

const writeTable = async (
  file: string,
  columns: readonly string[],
  delimiter: string,
  lines: readonly string[],
): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.from([formatRow(columns, delimiter), ...lines]), createWriteStream(file));
};

/** A sample submission for the mixed rows: the user's own answers where given, elsewhere the first one's. */
const writeSample = async (
  source: string,
  target: string,
  roles: Roles,
  format: SubmissionFormat,
  testPath: string,
  labels: readonly (string | undefined)[],
): Promise<void> => {
  const delimiter = roles.sample?.table.delimiter ?? ",";
  const idAt = format.id === undefined ? -1 : format.columns.indexOf(format.id);
  const given = new Map<string, readonly string[]>();
  if (roles.sample !== undefined) {
    let row = 0;
    for await (const { record } of readRows(join(source, roles.sample.path), delimiter))
      given.set(idAt === -1 ? String(row++) : (record[idAt] ?? "").trim(), record);
  }
  const [first] = given.values();
  const filler = first ?? format.columns.map(() => labels.find((label) => label !== undefined) ?? "0");
  const lines = format.keys.map((key) => {
    const cells = (idAt === -1 ? filler : (given.get(key) ?? filler)).map((cell, column) =>
      column === idAt ? key : cell,
    );
    return formatRow(cells, delimiter);
  });
  const path = roles.sample?.path ?? join(dirname(testPath), "sample_submission.csv");
  await writeTable(join(target, path), format.columns, delimiter, lines);
};
