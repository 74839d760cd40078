import type { Fold, HeldOut, Json, SubmissionFormat } from "@aide-ts/plugin";
import { columnNamed, type Column, type Dataset, type Table } from "./dataset.ts";
import { ordinals, surveyed } from "./reader/answers.ts";
import { finalPlanOf, type FinalPlan } from "./final-folder.ts";
import { alike, labelledTest } from "./leaks.ts";
import type { DataReader } from "./reader/data-reader.ts";
import type { Relations } from "./roles/relations.ts";
import type { Roles } from "./roles/roles.ts";
import {
  chooseGroups,
  chooseRandomly,
  dealGroups,
  dealRandomly,
  heldCount,
  unpacked,
  type Share,
} from "./split/choose.ts";
import { chooseFolds, chooseFreshFolds, foldCount, freshCount, type Parting } from "./split/folds.ts";
import { layOut, type LaidOut } from "./lay-out.ts";
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
  /** Parts of the labelled rows that are held back in turn; `auto`: as many as so many rows are worth. */
  readonly folds: number | "auto";
  /** Other parts, for a choice among what the search found; `auto`: as many as so many rows are worth. */
  readonly fresh: number | "auto";
  /** Where the view of the data is laid out that holds back a further part; must not exist. */
  readonly viewFolder: (name: string) => string;
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
  /** Further parts of the labelled rows, each held back in a view of its own. */
  readonly folds: readonly Fold[];
  /** Parts that the search does not know, likewise. */
  readonly fresh: readonly Fold[];
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
  const { folds, fresh, split, why } = await chooseRows(reader, rule, survey, options);
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
  const tables = dataset.files.filter(({ kind }) => kind === "table").map(({ path }) => path);
  const testPath = roles.test?.path ?? freePath(roles.train[0], dataset);
  const finalOmitted = roles.files.filter(({ role }) => role === "test labels").map(({ path }) => path);
  const { root, seed, allowed, dropped } = options;
  const labels = labelledRows(roles);
  const layout = { roles, root, seed, allowed, dropped, tables, testPath, finalOmitted, labelled: labels };
  const [held = [], ...further] = folds;
  const laid = await layOut(reader, layout, held, options.search);
  const views = async (parts: readonly (readonly number[])[], name: (at: number) => string): Promise<Fold[]> => {
    const made: Fold[] = [];
    for (const [at, rows] of parts.entries()) {
      const data = name(at);
      const view = await layOut(reader, layout, rows, options.viewFolder(data));
      made.push({ data, submission: format(view.keys), heldOut: heldOutOf(view) });
    }
    return made;
  };
  const more = await views(further, (at) => `fold-${at + 2}`);
  const others = await views(fresh, (at) => `fresh-${at + 1}`);
  await reader.forget();
  return {
    submission: roles.test === undefined && held.length === 0 ? undefined : format(laid.keys),
    heldOut: held.length === 0 ? undefined : heldOutOf(laid),
    folds: more,
    fresh: others,
    labelled: survey.labelled,
    classes,
    finalSubmission: roles.test === undefined ? undefined : format(laid.finalKeys),
    split,
    testPath,
    notes: [
      ...labelledTest(roles),
      ...laid.notes,
      ...finalOmitted.map((path) => `${path} holds labels of the test rows: it stays out`),
      ...laid.agreeing.filter(({ column }) => !roles.targets.includes(column)).map(alike),
      ...(why === undefined ? [] : [why]),
    ],
    finalPlan: finalPlanOf(roles, options, finalOmitted),
  };
};

const heldOutOf = ({ truth, train }: LaidOut): HeldOut => ({ truth: new Map(truth), train });

type Survey = { readonly labelled: number; readonly codes?: string | undefined; readonly groups?: string | undefined };

interface Chosen {
  /** Ordinals of labelled rows, of each part that is held back in turn. */
  readonly folds: readonly (readonly number[])[];
  /** Of each part that is held back once the search has ended. */
  readonly fresh: readonly (readonly number[])[];
  readonly split: SplitRule;
  /** Why there are fewer parts than were asked for. */
  readonly why?: string | undefined;
}

const chooseRows = async (
  reader: DataReader,
  rule: SplitRule,
  { labelled, codes, groups }: Survey,
  { share, seed, classes: byClass, folds, fresh }: PrepareOptions,
): Promise<Chosen> => {
  const classes = codes === undefined ? undefined : unpacked(codes);
  const count = foldCount(folds, labelled);
  const parted = (parting: Parting): Pick<Chosen, "folds" | "fresh"> => ({
    folds: chooseFolds(labelled, count, share, seed, parting),
    fresh: chooseFreshFolds(labelled, freshCount(fresh, labelled), share, seed, parting),
  });
  const randomly = (why: string): Chosen => ({
    ...parted({
      name: "holdout",
      draw: (rows, wanted, random) => chooseRandomly(rows, classes, wanted, random),
      deal: (rows, parts, random) => dealRandomly(rows, classes, parts, random),
    }),
    split: { by: "random", why },
  });
  if (rule.by === "random" || heldCount(labelled, share) === 0) return randomly(rule.why);
  const owners = groups === undefined ? new Int32Array() : unpacked(groups);
  const chosen =
    rule.by === "time"
      ? { folds: [await reader.ask("latest", { count: heldCount(labelled, share) }, ordinals)], fresh: [] }
      : parted({
          name: "groups",
          draw: (rows, wanted, random) => chooseGroups(rows, owners, wanted, random),
          deal: (rows, parts, random) => dealGroups(rows, owners, parts, random),
        });
  const [first = []] = chosen.folds;
  if (first.length === 0) return randomly(`${rule.column} parts no rows`);
  // Scores of one class alone mean nothing.
  const ofOneClass = (rows: readonly number[]): boolean =>
    byClass && classes !== undefined && new Set(rows.map((at) => classes[at])).size < 2;
  if (ofOneClass(first)) return randomly(`held back by ${rule.column}, all rows would be of one class`);
  const sound = (parts: Chosen["folds"]): Chosen["folds"] => parts.filter((rows) => !ofOneClass(rows));
  const why =
    rule.by === "time" && count > 1 && folds !== "auto"
      ? `one part is held back in place of ${count} folds: only the latest rows are like the test rows`
      : undefined;
  return { folds: sound(chosen.folds), fresh: sound(chosen.fresh), split: rule, why };
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
