import type { HeldOut, Json, SubmissionFormat } from "@aide-ts/plugin";
import { columnNamed, type Column, type Dataset, type Table } from "./dataset.ts";
import { laidOut, ordinals, scanned, searched, surveyed } from "./reader/answers.ts";
import { finalPlanOf, type FinalPlan } from "./final-folder.ts";
import { alike, labelledTest, whatGoes } from "./leaks.ts";
import { labelLeak } from "./errors.ts";
import type { DataReader } from "./reader/data-reader.ts";
import type { Relations } from "./roles/relations.ts";
import type { Roles } from "./roles/roles.ts";
import { chooseGroups, chooseRandomly, heldCount, placesAmong, unpacked, type Share } from "./split/choose.ts";
import { orderClasses } from "./split/classes.ts";
import { classTokens } from "./roles/class-tokens.ts";
import { splitRule, type SplitRule, type SplitWish } from "./split/rule.ts";

export interface PrepareOptions {
  /** The user's data, archives unpacked and links followed. */
  readonly root: string;
  /** What scripts get as `./input`; must not exist. */
  readonly search: string;
  /** Where the folder of the final run is laid out, where it is not the user's own. */
  readonly final: string;
  readonly seed: number;
  readonly share: Share;
  readonly split: SplitWish;
  readonly kind: SubmissionFormat["kind"];
  /** Whether the target's values are classes, rather than numbers. */
  readonly classes: boolean;
  readonly positive: string | undefined;
  /** Columns that may agree with the target. */
  readonly allowed: readonly string[];
  /** Columns that leave every table. */
  readonly dropped: readonly string[];
}

/** What scripts get, and what only evaluators know. */
export interface PreparedData {
  /** None where there is nothing to predict: no test rows, and none held back. */
  readonly submission: SubmissionFormat | undefined;
  readonly heldOut: HeldOut | undefined;
  /** Rows with a label, those held back included. */
  readonly labelled: number;
  /** The target's classes as the data writes them, of two the positive one last; empty for numbers. */
  readonly classes: readonly string[];
  /** The form of the user's own test rows, for the final run; none where the user gave no test file. */
  readonly finalSubmission: SubmissionFormat | undefined;
  readonly split: SplitRule;
  /** Where the rows to predict lie, relative to `./input`. */
  readonly testPath: string;
  /** What a user should know: files that lost rows or stay out, columns that agree with the target. */
  readonly notes: readonly string[];
  /** How the folder of the final run differs from the user's own; `undefined` where it is the user's own. See `layOutFinal`. */
  readonly finalPlan: FinalPlan | undefined;
}

/**
 * Holds labelled rows back and lays the data out for scripts: held rows leave the training tables and join, without their labels and in mixed order, the rows
 * to predict. Everything else in the folder that reveals their labels loses those rows or stays out; what is left is searched once more. After that the reader
 * no longer knows the folder.
 * @throws AIDE_LABEL_LEAK where a held-back label is still within reach
 */
export const prepareData = async (
  reader: DataReader,
  dataset: Dataset,
  roles: Roles,
  relations: Relations,
  options: PrepareOptions,
): Promise<PreparedData> => {
  const rule = await splitRule(roles, options.split, relations);
  const labelled = roles.labels?.table ?? roles.whole;
  const first = columnNamed(labelled, roles.targets[0]);
  const targets = roles.targets.map((name) => targetOf(columnNamed(labelled, name), name, options.classes));
  const survey = await reader.ask(
    "survey",
    {
      ...labelledRows(roles),
      targets,
      // Few different numbers, as ratings, are held back as classes are: of each its share.
      classes: options.classes || (first !== undefined && first.unique <= fewValues),
      group: rule.by === "group" ? rule.column : null,
      date: rule.by === "time" ? rule.column : null,
    },
    surveyed,
  );
  const { held, split } = await chooseRows(reader, rule, survey, options);
  const classes =
    !options.classes || roles.targets.length > 1
      ? []
      : roles.answer.kind === "class-probabilities"
        ? roles.answer.classes
        : orderClasses(
            (survey.classes ?? []).map(([label]) => label),
            options.positive,
          );
  const format = (keys: readonly string[]): SubmissionFormat => formatFor(roles, options.kind, classes, keys);
  const others = dataset.files.filter(({ kind }) => kind === "table").map(({ path }) => path);
  const testPath = roles.test?.path ?? freePath(roles.train[0], dataset);
  const places = placesAmong(roles.test?.rows ?? 0, held.length, options.seed);
  const plan = planOf(roles, options, held, places, testPath);
  const found = held.length === 0 ? { findings: [], opaque: [] } : await reader.ask("search", { plan }, searched);
  const { thinned, omitted, notes } = whatGoes(found, others, roles);
  const finalOmitted = roles.files.filter(({ role }) => role === "test labels").map(({ path }) => path);
  const laid = await reader.ask(
    "lay_out",
    { plan: { ...plan, thinned, omitted: [...omitted, ...finalOmitted], finalOmitted } },
    laidOut,
  );
  const heldKeys = new Set(laid.truth.map(([key]) => key));
  const rows = laid.keys.flatMap((key, row) => (heldKeys.has(key) ? [row] : []));
  // `truth` comes in the order of the rows to predict.
  const numbers = places.map(([, number]) => number);
  const left =
    held.length === 0
      ? { findings: [] }
      : await reader.ask(
          "scan",
          { folder: options.search, test: testPath, places: [rows, numbers], allowed: [...options.allowed] },
          scanned,
        );
  const leak = left.findings.find(({ certain }) => certain);
  if (leak !== undefined) throw labelLeak(leak);
  await reader.forget();
  return {
    submission: roles.test === undefined && held.length === 0 ? undefined : format(laid.keys),
    heldOut: held.length === 0 ? undefined : { truth: new Map(laid.truth), train: laid.train },
    labelled: survey.labelled,
    classes,
    finalSubmission: roles.test === undefined ? undefined : format(laid.finalKeys),
    split,
    testPath,
    notes: [
      ...labelledTest(roles),
      ...notes,
      ...finalOmitted.map((path) => `${path} holds labels of the test rows: it stays out`),
      ...left.findings.filter(({ column }) => !roles.targets.includes(column)).map(alike),
    ],
    finalPlan: finalPlanOf(roles, options, finalOmitted),
  };
};

type Survey = { readonly labelled: number; readonly codes?: string | undefined; readonly groups?: string | undefined };

const chooseRows = async (
  reader: DataReader,
  rule: SplitRule,
  { labelled, codes, groups }: Survey,
  { share, seed, classes: byClass }: PrepareOptions,
): Promise<{ readonly held: readonly number[]; readonly split: SplitRule }> => {
  const classes = codes === undefined ? undefined : unpacked(codes);
  const randomly = (why: string) => ({
    held: chooseRandomly(labelled, classes, share, seed),
    split: { by: "random", why } as const,
  });
  if (rule.by === "random" || heldCount(labelled, share) === 0) return randomly(rule.why);
  const held =
    rule.by === "time"
      ? await reader.ask("latest", { count: heldCount(labelled, share) }, ordinals)
      : chooseGroups(groups === undefined ? new Int32Array() : unpacked(groups), share, seed);
  if (held.length === 0) return randomly(`${rule.column} parts no rows`);
  // Scores of one class alone mean nothing.
  if (byClass && classes !== undefined && new Set(held.map((at) => classes[at])).size < 2)
    return randomly(`held back by ${rule.column}, all rows would be of one class`);
  return { held, split: rule };
};

/** Where the reader finds the training rows and their labels. */
const labelledRows = ({ train, labels }: Roles): { readonly [key: string]: Json } => ({
  train: train.map(({ path }) => path),
  labels: labels?.table.path ?? null,
  join: labels?.join === undefined ? null : { features: [...labels.join.features], labels: [...labels.join.labels] },
});

const fewValues = 20;

const targetOf = (column: Column | undefined, name: string, classes: boolean): { readonly [key: string]: Json } => ({
  name,
  number: !classes,
  style: column?.style === undefined ? null : { ...column.style },
  classTokens: classes && column !== undefined ? [...classTokens(column)] : [],
});

const formatFor = (
  { sample, id, targets, answer }: Roles,
  kind: SubmissionFormat["kind"],
  classes: readonly string[],
  keys: readonly string[],
): SubmissionFormat => {
  const ids = sample === undefined ? (id.test.length > 0 ? id.test : id.train) : id.sample;
  const perClass = kind === "class-probabilities" && answer.kind === "value";
  const columns =
    sample === undefined || perClass
      ? [...ids, ...(perClass ? classes : answer.columns)]
      : sample.columns.map(({ name }) => name);
  const known = classes.length > 0 ? { classes } : {};
  return { columns, id: ids, keys, kind, targets, ...known };
};

/** A path for the rows to predict that no file has. */
const freePath = (train: Table, dataset: Dataset): string => {
  const folder = train.path.includes("/") ? `${train.path.slice(0, train.path.lastIndexOf("/"))}/` : "";
  const ending = /\.[^./]+$/.exec(train.path)?.[0] ?? ".csv";
  const taken = new Set(dataset.files.map(({ path }) => path));
  return (
    ["test", "rows_to_predict", "held_rows"]
      .map((name) => `${folder}${name}${ending}`)
      .find((path) => !taken.has(path)) ?? `${folder}test-rows${ending}`
  );
};

const planOf = (
  roles: Roles,
  options: PrepareOptions,
  held: readonly number[],
  places: ReturnType<typeof placesAmong>,
  testPath: string,
): { readonly [key: string]: Json } => {
  return {
    root: options.root,
    search: options.search,
    ...labelledRows(roles),
    test: roles.test?.path ?? null,
    testPath,
    sample: roles.sample?.path ?? null,
    targets: [...roles.targets],
    id: { train: [...roles.id.train], test: [...roles.id.test], sample: [...roles.id.sample] },
    numbers: roles.whole.columns.filter(({ type }) => type === "number" || type === "integer").map(({ name }) => name),
    companions: roles.companions.map((companion) => ({
      train: companion.train.path,
      test: companion.test.path,
      on: [companion.on],
      testOn: [companion.testOn],
      main: [...roles.id.train],
      numbers: companion.train.columns.filter(({ type }) => type === "number").map(({ name }) => name),
    })),
    held: [...held],
    insertions: places.map(([before, number]) => [before, number]),
    thinned: [],
    omitted: [],
    finalOmitted: [],
    dropped: [...options.dropped],
    allowed: [...options.allowed],
    seed: options.seed,
  };
};
