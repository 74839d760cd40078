import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "@aide-ts/core";
import type { Task, TaskFile } from "@aide-ts/tasks";

/** Cells by column, row after row; training rows first. */
export type Cells = Readonly<Record<string, readonly string[]>>;

export interface MadeUp {
  readonly cells: Cells;
  readonly trainRows: number;
  readonly target: string;
  readonly sample: Readonly<Record<string, string>>;
}

/** Numbers of all kinds with ties and gaps, categories with rare levels, dates; a target that some of them tell, and noise. */
export const madeUpTable = (
  name: string,
  { rows, asTarget }: { readonly rows: number; readonly asTarget: (signal: number) => string },
): { readonly cells: Cells; readonly target: string } => {
  const random = seededRandom("made-up", name);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const places = Array.from({ length: rows }, (_, at) => at);
  const width = places.map(() => normal());
  const count = places.map(() => Math.floor(random() * 6));
  const skewed = places.map(() => Math.exp(1.5 * normal()));
  const kind = places.map(() => ["Stone", "brick", "oak", "pine"][Math.floor(random() ** 2 * 4)]!);
  const town = places.map(() => `town ${String.fromCodePoint(97 + Math.floor(random() ** 3 * 20))}`);
  const day = places.map(() => Date.UTC(2012, 0, 1) + Math.floor(random() * 1500) * 86_400_000);
  const signal = places.map(
    (at) =>
      width[at]! * 1.5 +
      Math.abs(count[at]! - 2) +
      Math.log(skewed[at]!) +
      (kind[at] === "oak" ? 1 : 0) +
      0.7 * normal(),
  );
  const cells = {
    row: places.map((at) => String(at + 1)),
    width: width.map((value) => value.toFixed(3)),
    count: count.map((value, at) => (at % 17 === 3 ? "" : String(value))),
    skewed: skewed.map((value) => value.toFixed(2)),
    noise: places.map(() => normal().toFixed(1)),
    constant: places.map(() => "7"),
    kind,
    town: town.map((value, at) => (at % 23 === 5 ? "" : value)),
    day: day.map((time) => new Date(time).toISOString().slice(0, 10)),
    y: signal.map(asTarget),
  };
  return { cells, target: "y" };
};

export const writeTask = (
  root: string,
  name: string,
  { cells, trainRows, target, sample }: MadeUp,
  file: Pick<TaskFile, "kind" | "metric"> & Partial<TaskFile>,
): Task => {
  const folder = join(root, name);
  const [publicFolder, privateFolder] = [join(folder, "public"), join(folder, "private")];
  for (const one of [publicFolder, privateFolder]) mkdirSync(one, { recursive: true });
  const columns = Object.keys(cells);
  const rows = cells[target]!.length;
  const id = columns[0]!;
  const test = Array.from({ length: rows - trainRows }, (_, at) => trainRows + at);
  const train = Array.from({ length: trainRows }, (_, at) => at);
  const write = (path: string, names: readonly string[], places: readonly number[]) => {
    const lines = places.map((at) => names.map((column) => cells[column]?.[at] ?? sample[column]).join(","));
    writeFileSync(path, [names.join(","), ...lines, ""].join("\n"));
  };
  write(join(publicFolder, "train.csv"), columns, train);
  const features = columns.filter((column) => column !== target);
  write(join(publicFolder, "test.csv"), features, test);
  const answers = test.map((at) => [cells[id]![at], ...Object.values(sample)].join(","));
  const header = [id, ...Object.keys(sample)].join(",");
  writeFileSync(join(publicFolder, "sample_submission.csv"), [header, ...answers, ""].join("\n"));
  write(join(privateFolder, "answers.csv"), [id, target], test);
  write(join(privateFolder, "training-labels.csv"), [target], train);
  return {
    name: `made-up/${name}`,
    publicFolder,
    privateFolder,
    file: {
      title: name,
      goal: `Predict ${target}.`,
      eval: file.metric,
      target: [target],
      id: [id],
      part: "development",
      ...file,
    },
  };
};
