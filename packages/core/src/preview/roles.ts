import { distance } from "fastest-levenshtein";
import type { DataFile, Dataset, Table } from "./dataset.ts";

export interface TableFile {
  readonly path: string;
  readonly table: Table;
}

/** Which table is which, and which columns a script must predict. */
export interface Roles {
  readonly train: TableFile;
  readonly test?: TableFile;
  readonly sample?: TableFile;
  readonly id?: string;
  readonly targets: readonly string[];
  /** How the sample asks for answers: the target's values, or a column for each of its classes. */
  readonly answer: "value" | "class-probabilities";
  /** How the target was found: shown to the user, who may override it. */
  readonly because: string;
}

export interface RoleHints {
  readonly goal: string;
  readonly target?: string | undefined;
  readonly id?: string | undefined;
}

/** Finds train, test and sample submission, the target and the id column; `undefined` where no table can be the training data. */
export const inferRoles = (dataset: Dataset, hints: RoleHints): Roles | undefined => {
  const tables = dataset.files.flatMap((file) => (isTable(file) ? [{ path: file.path, table: file.table }] : []));
  const sample = named(tables, /sample|submission/i);
  const rest = tables.filter((file) => file !== sample);
  const train = named(rest, /train/i) ?? withTarget(rest, hints.target) ?? (rest.length === 1 ? rest[0] : undefined);
  if (train === undefined) return undefined;
  const test = named(
    rest.filter((file) => file !== train),
    /test|eval|holdout/i,
  );
  const id = findId(train, test, sample, hints.id);
  const found = findTargets(train, test, sample, id, hints);
  if (found === undefined) return undefined;
  return { train, ...(test && { test }), ...(sample && { sample }), ...(id !== undefined && { id }), ...found };
};

const isTable = (file: DataFile): file is DataFile & { kind: "table" } => file.kind === "table";

const named = (files: readonly TableFile[], pattern: RegExp): TableFile | undefined =>
  files
    .filter(({ path }) => pattern.test(path.split("/").at(-1) ?? ""))
    .sort((a, b) => a.path.length - b.path.length)[0];

const withTarget = (files: readonly TableFile[], target: string | undefined): TableFile | undefined =>
  target === undefined
    ? undefined
    : files.filter((file) => columnNames(file).includes(target)).sort((a, b) => b.table.rows - a.table.rows)[0];

export const columnNames = (file: TableFile | undefined): readonly string[] =>
  file?.table.columns.map(({ name }) => name) ?? [];

const findId = (
  train: TableFile,
  test: TableFile | undefined,
  sample: TableFile | undefined,
  wanted: string | undefined,
): string | undefined => {
  if (wanted !== undefined) return wanted;
  const both = columnNames(test ?? train);
  const fromSample = columnNames(sample).find((name) => both.includes(name));
  if (fromSample !== undefined) return fromSample;
  const first = train.table.columns[0];
  const looksLikeOne =
    first !== undefined &&
    /^(id|.*[_ ]id|index|row.*|.*Id|rownames)$/i.test(first.name) &&
    first.unique === first.read - first.missing;
  return looksLikeOne ? first.name : undefined;
};

const findTargets = (
  train: TableFile,
  test: TableFile | undefined,
  sample: TableFile | undefined,
  id: string | undefined,
  { goal, target }: RoleHints,
): Pick<Roles, "targets" | "answer" | "because"> | undefined => {
  const trainColumns = columnNames(train);
  if (target !== undefined) return trainColumns.includes(target) ? value([target], "the config names it") : undefined;
  const asked = columnNames(sample).filter((name) => name !== id);
  const known = asked.filter((name) => trainColumns.includes(name) && !columnNames(test).includes(name));
  if (known.length > 0 && known.length === asked.length) return value(known, "the sample submission asks for it");
  const onlyTrain = test === undefined ? [] : trainColumns.filter((name) => !columnNames(test).includes(name));
  const classes = onlyTrain.find((name) => {
    const column = train.table.columns.find((one) => one.name === name);
    return (
      asked.length > 1 &&
      column !== undefined &&
      column.unique === asked.length &&
      column.values.every((v) => asked.includes(v) || column.unique > 12)
    );
  });
  if (classes !== undefined)
    return {
      targets: [classes],
      answer: "class-probabilities",
      because: "its classes are the sample submission's columns",
    };
  if (onlyTrain.length === 1) return value(onlyTrain, "it is in train and not in test");
  const inGoal = namedInGoal(onlyTrain.length > 0 ? onlyTrain : trainColumns.filter((name) => name !== id), goal);
  return inGoal === undefined ? undefined : value([inGoal], "the goal names it");
};

const value = (targets: readonly string[], because: string): Pick<Roles, "targets" | "answer" | "because"> => ({
  targets,
  answer: "value",
  because,
});

/** The column whose name the goal says, in any spelling: "sales price" for `SalePrice`. */
const namedInGoal = (columns: readonly string[], goal: string): string | undefined => {
  const words = goal.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const phrases = words.flatMap((_, at) => [1, 2, 3].map((n) => words.slice(at, at + n).join("")));
  const scored = columns.map((name) => {
    const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    const near = Math.min(...phrases.map((phrase) => distance(phrase, plain)), Number.POSITIVE_INFINITY);
    return { name, near: plain.length < 3 && near > 0 ? Number.POSITIVE_INFINITY : near / Math.max(1, plain.length) };
  });
  const [best, second] = scored.sort((a, b) => a.near - b.near);
  return best !== undefined && best.near <= 0.2 && (second === undefined || second.near > best.near)
    ? best.name
    : undefined;
};
