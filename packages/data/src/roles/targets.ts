import { columnNames, type Column, type Table } from "../dataset.ts";
import { askedByClass, askedFor } from "./goal.ts";
import { bare, isTargetName } from "./names.ts";
import type { Answer, RoleHints, Roles } from "./roles.ts";
import { targetUnknown } from "../errors.ts";

export interface TargetQuestion {
  readonly train: Table;
  /** The table with the labels. */
  readonly labelled: Table;
  readonly test: Table | undefined;
  readonly sample: Table | undefined;
  readonly id: Roles["id"];
  readonly hints: RoleHints;
}

export type FoundTargets =
  | { readonly kind: "found"; readonly targets: readonly string[]; readonly answer: Answer; readonly because: string }
  | { readonly kind: "unclear"; readonly candidates: readonly string[]; readonly why: string };

/**
 * The columns to predict, and the columns of a submission that answer them.
 * @throws AIDE_TARGET_UNKNOWN for a column that the config names and the training table lacks
 */
export const findTargets = (question: TargetQuestion): FoundTargets => {
  const { labelled, train, test, sample, id, hints } = question;
  const asked = columnNames(sample).filter((name) => !id.sample.includes(name));
  const own = columnNames(labelled).filter((name) => !id.train.includes(name));
  if (hints.targets.length > 0) return given(question, asked);
  const known = asked.flatMap(
    (name) => own.find((column) => column === name) ?? own.find((column) => bare(column) === bare(name)) ?? [],
  );
  if (asked.length > 0 && known.length === asked.length)
    return value(known, asked, "the sample submission asks for it");
  const features = new Set(columnNames(test).map(bare));
  const onlyTrain = labelled === train ? own.filter((name) => test === undefined || !features.has(bare(name))) : own;
  const classes = asked.length > 1 ? classesAsked(labelled, test === undefined ? own : onlyTrain, asked) : undefined;
  if (classes !== undefined) return classes;
  if (test !== undefined || labelled !== train) {
    const [only, another] = onlyTrain;
    if (only !== undefined && another === undefined)
      return value(
        [only],
        asked.length === 1 ? asked : [only],
        labelled === train ? "it is in the training rows and not in the test rows" : "it is the column of the labels",
      );
  }
  const candidates = onlyTrain.length > 0 ? onlyTrain : own;
  const first = askedFor(candidates, hints.words);
  const inWords = first.length > 0 ? first : askedFor(own, hints.words);
  if (inWords.length > 0) return value(inWords, asked.length === inWords.length ? asked : inWords, "the goal names it");
  const byClass = askedByClass(
    labelled.columns.filter((column) => candidates.includes(column.name)),
    hints.words,
  );
  if (byClass !== undefined)
    return value([byClass], asked.length === 1 ? asked : [byClass], "the goal asks for a class of it");
  const usual = candidates.filter(isTargetName);
  const [name, second] = usual;
  if (name !== undefined && second === undefined)
    return value([name], asked.length === 1 ? asked : [name], "it is called as targets are");
  return {
    kind: "unclear",
    candidates,
    why: candidates.length === 0 ? "every column is in the test rows too" : "the goal names none of them, or several",
  };
};

const value = (targets: readonly string[], columns: readonly string[], because: string): FoundTargets => ({
  kind: "found",
  targets,
  answer: { kind: "value", columns },
  because,
});

const given = ({ labelled, hints }: TargetQuestion, asked: readonly string[]): FoundTargets => {
  const { targets } = hints;
  const known = columnNames(labelled);
  for (const name of targets)
    if (!known.includes(name)) throw targetUnknown(name, labelled.path, columnNames(labelled));
  const [only] = targets;
  if (targets.length === 1 && only !== undefined && asked.length > 1) {
    const classes = classesAsked(labelled, [only], asked);
    if (classes !== undefined) return classes;
  }
  return value(targets, asked.length === targets.length ? asked : targets, "the config names it");
};

/** A target whose classes are the columns that are asked for, under their own names or with something before or behind. */
const classesAsked = (
  table: Table,
  candidates: readonly string[],
  asked: readonly string[],
): FoundTargets | undefined => {
  for (const column of table.columns.filter(({ name }) => candidates.includes(name))) {
    const classes = matchClasses(classesOf(column), asked);
    if (classes !== undefined)
      return {
        kind: "found",
        targets: [column.name],
        answer: { kind: "class-probabilities", columns: asked, classes },
        because: "its classes are the sample submission's columns",
      };
  }
  return undefined;
};

/** The values of a column, with those that pandas takes for missing and that may be a class. */
const classesOf = ({ values, unique, tokens = {} }: Column): readonly string[] => {
  const words = Object.keys(tokens).filter((token) => token !== "");
  return values.length < unique ? [] : [...values, ...words];
};

/** Which class each column is about; `undefined` where they are not the classes of one another. */
const matchClasses = (classes: readonly string[], asked: readonly string[]): readonly string[] | undefined => {
  const matched = asked.flatMap((name) => {
    const plain = bare(name);
    const exact = classes.find((one) => bare(one) === plain);
    const within = classes.filter(
      (one) => bare(one) !== "" && (plain.endsWith(bare(one)) || plain.startsWith(bare(one))),
    );
    return exact ?? within.toSorted((a, b) => b.length - a.length)[0] ?? [];
  });
  const covers = classes.filter((one) => !matched.includes(one)).length === 0 || classes.length - 1 === asked.length;
  return matched.length === asked.length && new Set(matched).size === asked.length && covers ? matched : undefined;
};

/** Targets that the test rows have too, by what these call them. */
export const targetsInTest = ({ test, targets }: Roles): readonly string[] => {
  const plain = new Set(targets.map(bare));
  return columnNames(test).filter((name) => targets.includes(name) || (bare(name) !== "" && plain.has(bare(name))));
};
