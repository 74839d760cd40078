import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataReader, inferRoles, inspectDataset, prepareData, Relations } from "@aide-ts/data";
import { openExecutor } from "../packages/data/test/folder.ts";

// How long a task's data take to be made ready: house-prices beyond Python's own start, and a file of 1 GB with its memory.

const megabytes = Number(process.env["AIDE_BENCH_MB"] ?? 1000);
const rounds = 5;
const signal = new AbortController().signal;

interface Made {
  readonly seconds: number;
  readonly start: number;
  /** Most memory of the program that reads data, in MB. */
  readonly memory: number;
}

const prepare = async (folder: string, words: string): Promise<Made> => {
  const target = await mkdtemp(join(tmpdir(), "aide-bench-data-"));
  await using executor = await openExecutor(folder, target);
  await executor.environment(signal);
  const began = performance.now();
  await using reader = await DataReader.start(executor, { reads: [folder], writes: [target] }, signal);
  // The first answer comes once pandas is imported.
  await reader.relate([]);
  await reader.describe(folder, []);
  const started = performance.now();
  const dataset = await inspectDataset(folder, reader);
  const relations = new Relations(reader);
  const found = await inferRoles(dataset, { words, targets: [], id: [], files: {} }, relations);
  if (found.kind !== "found") throw new Error(JSON.stringify(found));
  await prepareData(reader, dataset, found.roles, relations, {
    root: folder,
    search: join(target, "input"),
    final: join(target, "final"),
    viewFolder: (name) => join(target, "views", name),
    seed: 0,
    folds: 1,
    fresh: 0,
    share: { fraction: 0.2, rows: 20_000 },
    split: {},
    kind: "value",
    classes: false,
    positive: undefined,
    allowed: [],
    dropped: [],
  });
  await inspectDataset(join(target, "input"), reader, { brief: true });
  const ended = performance.now();
  const memory = await mostMemory();
  await rm(target, { recursive: true, force: true });
  return { seconds: (ended - started) / 1000, start: (started - began) / 1000, memory };
};

/** Of this process's children, the most that one has held. */
const mostMemory = async (): Promise<number> => {
  const children = (await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")).trim().split(" ");
  const peaks = await Promise.all(
    children.map(
      async (pid) => Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1000,
    ),
  );
  return Math.max(0, ...peaks);
};

const writeLarge = async (folder: string): Promise<void> => {
  const out = createWriteStream(join(folder, "train.csv"));
  const write = (text: string) =>
    out.write(text) ? undefined : new Promise<void>((resolve) => out.once("drain", resolve));
  await write("id,a,b,c,city,note,when,y\n");
  let bytes = 0;
  for (let at = 0; bytes < megabytes * 1e6; at += 1000) {
    const rows = Array.from({ length: 1000 }, (_, more) => {
      const row = at + more;
      return `${row},${(row * 37) % 1009},${((row * 7919) % 100_003) / 100},${row % 7},${["Rome", "Oslo", "Lima"][row % 3]},some words about row ${row},2020-0${(row % 9) + 1}-1${row % 9},${((row * 7919) % 99_991) / 10}\n`;
    }).join("");
    bytes += rows.length;
    await write(rows);
  }
  await new Promise<void>((resolve) => out.end(resolve));
  const head = Array.from({ length: 1000 }, (_, row) => `${-1 - row},1,2.5,3,Rome,a few words,2020-01-11\n`).join("");
  await writeFile(join(folder, "test.csv"), `id,a,b,c,city,note,when\n${head}`);
};

const houses = fileURLToPath(new URL("../example_tasks/house_prices/", import.meta.url));
const small: Made[] = [];
for (let round = 0; round < rounds; round++)
  small.push(await prepare(houses, "Predict the sales price for each house"));
const folder = await mkdtemp(join(tmpdir(), "aide-bench-large-"));
try {
  await writeLarge(folder);
  const large = await prepare(folder, "Predict y");
  const median = (of: (made: Made) => number) =>
    small.map(of).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const [seconds, start] = [median((made) => made.seconds), median((made) => made.start)];
  const line = (name: string, ours: number, beside: number, goal: number, ok: boolean, unit: string) =>
    console.log(JSON.stringify({ name, ours, beside, ratio: ours / beside, goal, ok, rounds, unit }));
  console.log(`files of the large folder: ${(await readdir(folder)).join(", ")}, ${megabytes} MB`);
  line("house-prices, beside Python's start", seconds, start, 2, seconds <= 2, "s");
  line(`${megabytes} MB, beside house-prices`, large.seconds, seconds, 60, large.seconds <= 60, "s");
  line(
    `memory of ${megabytes} MB, beside house-prices`,
    large.memory,
    median((made) => made.memory),
    1500,
    large.memory <= 1500,
    "MB",
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
