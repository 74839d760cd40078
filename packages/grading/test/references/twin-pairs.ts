import type { Task, TaskFile } from "@aide-ts/tasks";
import { madeUpTable, writeTask, type MadeUp } from "./made-up-task.ts";
import { recoded, twinOf, type Affine } from "./twin.ts";

const size = { rows: 230, trainRows: 170 };

/** From the answers of a task those of its twin. */
type AsTwin = (cell: string) => string;

export interface Pair {
  readonly name: string;
  readonly tasks: readonly [own: Task, twin: Task];
  /** What is predicted for the twin, beside what is for the task; 0 where they agree. */
  readonly distance: (own: string, twins: string) => number;
}

type Answers = Pick<TaskFile, "kind" | "metric"> & Partial<TaskFile>;

const numbersPair = (root: string, name: string, file: Answers, of: (signal: number) => number, map: Affine): Pair => {
  const table = madeUpTable(name, { rows: size.rows, asTarget: (signal) => String(of(signal)) });
  const own: MadeUp = { ...table, trainRows: size.trainRows, sample: { y: "0" } };
  const twin = twinOf(
    own,
    (cells) => cells.map((cell) => String(map.scale * Number(cell) + map.shift)),
    () => ["target"],
  );
  const values = (own.cells["y"] ?? []).map(Number);
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
  return {
    name,
    tasks: [writeTask(root, name, own, file), writeTask(root, `${name}-twin`, twin, file)],
    distance: (one, other) => Math.abs(Number(one) - (Number(other) - map.shift) / map.scale) / spread,
  };
};

const classesPair = (
  root: string,
  name: string,
  file: Answers,
  classes: readonly string[],
  thresholds: readonly number[],
  byClass: boolean,
): Pair => {
  const asTarget = (signal: number) => classes[thresholds.filter((one) => signal > one).length] ?? "";
  const table = madeUpTable(name, { rows: size.rows, asTarget });
  const codes = recoded([...classes].sort(), "k");
  const asTwin: AsTwin = (cell) => codes[[...classes].sort().indexOf(cell)] ?? cell;
  const sample = byClass ? Object.fromEntries([...classes].sort().map((one) => [one, "0.5"])) : { y: "0.5" };
  const own: MadeUp = { ...table, trainRows: size.trainRows, sample };
  const twin = twinOf(
    own,
    (cells) => cells.map(asTwin),
    (columns) => (byClass ? columns.map(asTwin) : ["target"]),
  );
  const isNumber = (cell: string) => Number.isFinite(Number(cell));
  const { positive } = file;
  const twinFile = { ...file, ...(positive === undefined ? {} : { positive: asTwin(positive) }) };
  return {
    name,
    tasks: [writeTask(root, name, own, file), writeTask(root, `${name}-twin`, twin, twinFile)],
    distance: (one, other) => {
      if (isNumber(one) && isNumber(other)) return Math.abs(Number(one) - Number(other));
      return asTwin(one) === other ? 0 : 1;
    },
  };
};

/** Tasks and their obfuscated twins. */
export const twinPairs = (root: string): readonly Pair[] => [
  numbersPair(
    root,
    "amount",
    { kind: "regression", metric: "rmse" },
    (signal) => Number((40 * Math.exp(signal / 2)).toFixed(2)),
    {
      scale: 0.731,
      shift: -1204.4,
    },
  ),
  numbersPair(
    root,
    "visits",
    { kind: "counts", metric: "poisson_deviance" },
    (signal) => Math.max(0, Math.round(signal)),
    {
      scale: 3,
      shift: 0,
    },
  ),
  classesPair(root, "yes-or-no", { kind: "binary", metric: "auc", positive: "Yes" }, ["no", "Yes"], [2.5], false),
  classesPair(root, "grade", { kind: "multiclass", metric: "logloss" }, ["low", "middle", "high"], [1, 3], true),
  classesPair(root, "sort", { kind: "multiclass", metric: "f1_macro" }, ["low", "middle", "high"], [1, 3], false),
];
