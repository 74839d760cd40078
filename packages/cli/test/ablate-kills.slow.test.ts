import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom, type Event } from "@aide-ts/core";
import { eventsIn } from "@aide-ts/testing";
import { afterEach, expect, it } from "vitest";
import { aide, bin, block, broken, fixtures, freshFolder, good, ownEnv } from "./aide.ts";
import { writeLineTask } from "./line-tasks.ts";

/** 50 kills in `test:full`; else about five, of one smaller ablation. */
const isFull = process.env["AIDE_KILLS"] !== undefined;
const kills = isFull ? 50 : 1;
/** As many of an ablation come at any time, before those at three chosen moments. */
const anyTime = isFull ? 7 : 2;

const random = seededRandom("kills of an ablation");
const drawn = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

const tasks = ["one", "two"];
const arms = ["greedy", "chain"];
const seeds = isFull ? [0, 1, 2] : [0, 1];

/** Answers follow from the seeds of calls, as those of a server do: a process that goes on gets the one that was lost. */
const writePlan = (root: string): void => {
  const slopes = [1, 1.01, 1.1, 1.3, 0.8].map((factor) => good.replace("line.slope *", `${factor} * line.slope *`));
  const answers = [...slopes, broken, `${good}raise ValueError("late")`].map(block);
  const backend = { use: join(fixtures, "scripted-plugin.mjs"), answers, bySeed: true, latency: 20 };
  for (const task of tasks) writeLineTask(root, task);
  writeFileSync(
    join(root, "small.yaml"),
    `base: { rehearse: false, strategies: [], budget: { steps: 2 }, evaluators: [held-out], backend: ${JSON.stringify(backend)} }
tasks: [${tasks.map((task) => `./${task}`).join(", ")}]
seeds: ${seeds.length}
arms:
  greedy: {}
  chain: { strategies: [reflection] }
`,
  );
};

const started: Launcher[] = [];

afterEach(() => {
  for (const one of started.splice(0)) one.kill("everything");
});

interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

type Victims = "everything" | "the launcher" | "its workers";

/** `aide ablate` as a process that leads a group, as each of its workers does. */
class Launcher {
  readonly #child: ChildProcess;
  readonly #printed: string[] = [];
  readonly ended: Promise<Ended>;
  /** How it ended, once it has. */
  how: Ended | undefined;

  constructor(root: string, folder: string) {
    const args = [bin, "ablate", "small.yaml", "--jobs", "2", "--out", folder];
    this.#child = spawn(process.execPath, args, { cwd: root, env: ownEnv, detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => this.#printed.push(chunk.toString()));
    // What is left of it may keep its streams open.
    this.ended = once(this.#child, "exit").then(([code]) => (this.how = { code, printed: this.#printed.join("") }));
    started.push(this);
  }

  kill(victims: Victims): void {
    const launcher = this.#child.pid!;
    const workers = childrenOf(launcher);
    const groups = { everything: [launcher, ...workers], "the launcher": [launcher], "its workers": workers };
    for (const group of groups[victims]) endGroup(group);
  }
}

const childrenOf = (pid: number): readonly number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

const endGroup = (leader: number): void => {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It has ended by itself, or leads none.
  }
};

const cellFolders = tasks.flatMap((task) =>
  arms.flatMap((arm) => seeds.map((seed) => join("cells", task, arm, `seed-${seed}`))),
);

const count = (folder: string, file: string): number =>
  cellFolders.filter((cell) => existsSync(join(folder, cell, file))).length;

const logOf = (folder: string, cell: string): string => {
  const file = join(folder, cell, "events.jsonl");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

const reportFiles = ["report.html", "report.json", "cells.csv", "cells.parquet", "report.tex"];

/** A state that a folder is in for milliseconds alone, and what must go from it so that it comes about once more. */
interface Moment {
  readonly isNow: (folder: string) => boolean;
  readonly undo: (folder: string) => void;
}

const moments: readonly Moment[] = [
  // A run has ended, and its cell does not say so.
  {
    isNow: (folder) =>
      cellFolders.some(
        (cell) =>
          !existsSync(join(folder, cell, "cell.json")) &&
          logOf(folder, cell).trimEnd().split("\n").at(-1)!.includes('"run-closed"'),
      ),
    // This is what a kill then leaves.
    undo: (folder) => rmSync(join(folder, drawn(cellFolders), "cell.json")),
  },
  // Some runs are graded.
  {
    isNow: (folder) => count(folder, "grades.json") > 0 && count(folder, "grades.json") < cellFolders.length,
    undo: (folder) => {
      for (const cell of cellFolders) rmSync(join(folder, cell, "grades.json"));
    },
  },
  // A part of the report is written.
  {
    isNow: (folder) => existsSync(join(folder, "report.html")) && !existsSync(join(folder, "report.tex")),
    undo: (folder) => {
      for (const file of reportFiles) rmSync(join(folder, file));
    },
  },
];

const killAll = async (): Promise<void> => {
  const all = started.splice(0);
  for (const one of all) one.kill("everything");
  await Promise.all(all.map(({ ended }) => ended));
};

/** Kills an ablation a few times while it is made. @returns how many kills there were */
const killAtAnyTime = async (root: string, folder: string): Promise<number> => {
  let killed = 0;
  let running: Launcher | undefined;
  // Some cells are left for the moments that are chosen.
  while (killed < anyTime && count(folder, "cell.json") < cellFolders.length - 3) {
    running ??= new Launcher(root, folder);
    const ended = await Promise.race([running.ended, pause(200 + random() * 4000)]);
    if (ended !== undefined) break;
    const victims = drawn(["everything", "the launcher", "its workers"] as const);
    running.kill(victims);
    killed += 1;
    if (victims === "its workers") continue;
    await running.ended;
    running = undefined;
  }
  await killAll();
  return killed;
};

/** Kills an ablation in a state that it is in for milliseconds. @returns how many kills it took */
const killAtMoment = async ({ isNow, undo }: Moment, root: string, folder: string): Promise<number> => {
  let killed = 0;
  while (!isNow(folder)) {
    const launcher = new Launcher(root, folder);
    while (launcher.how === undefined && !isNow(folder)) await pause(1);
    const { how } = launcher;
    await killAll();
    if (how === undefined) killed += 1;
    else expect(how).toMatchObject({ code: 0 });
    if (how !== undefined && !isNow(folder)) undo(folder);
  }
  return killed;
};

/** Seconds that scripts took are measured, and a plan says when it was frozen; all else follows from seeds. */
const unmeasured: Readonly<Record<string, (text: string) => string>> = {
  "report.json": (text) => text.replaceAll(/"executorSeconds": [\d.e-]+/g, '"executorSeconds": 0'),
  "report.html": (text) =>
    text
      .replaceAll(/"executorSeconds":[\d.e-]+/g, '"executorSeconds":0')
      .replaceAll(/frozen on [\d:.TZ-]+/g, "frozen")
      .replaceAll(/<table>.*?<\/table>/gs, (table) => withoutColumn(table, "their seconds", "<tr>", /(?=<t[hd] ?)/)),
  "report.tex": (text) => text,
  "cells.csv": (text) => withoutColumn(text, "executor_seconds", "\r\n", ","),
};

/** Where a table has it. */
const withoutColumn = (table: string, name: string, rowEnd: string, cellEnd: string | RegExp): string => {
  const rows = table.split(rowEnd).map((row) => row.split(cellEnd));
  const place = rows.flatMap((cells) => cells.findIndex((cell) => cell.includes(name))).find((at) => at >= 0);
  return rows.map((cells) => cells.filter((_, at) => at !== place).join()).join("\n");
};

/** A run's log holds one run: each proposal is told once, nothing that had ended was done again, whatever opened it. */
const checkLog = (events: readonly Event[]): void => {
  const told = events.flatMap((event) => (event.type === "told" ? [event.number] : []));
  expect(told).toEqual([0, 1]);
  const ends = events.flatMap((event) => (event.type === "effect-ended" ? [event.place] : []));
  expect(new Set(ends).size).toBe(ends.length);
  const opened = events.flatMap((event) => (event.type === "run-opened" ? [event.setup] : []));
  expect(new Set(opened).size).toBe(1);
  expect(events.at(-1)?.type).toBe("run-closed");
};

/** What arms have in common: made once, by whoever came first. */
const draftsIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, "drafts"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));

it(
  "an ablation that is killed again and again comes to the report of one that nothing disturbed, each cell made once",
  { timeout: isFull ? 1_200_000 : 240_000 },
  async () => {
    const root = freshFolder();
    writePlan(root);
    const undisturbed = await aide(["ablate", "small.yaml", "--jobs", "2", "--out", "quiet"], root);
    expect(undisturbed).toMatchObject({ code: 0, err: "" });
    const quiet = join(root, "quiet");
    let killed = 0;
    for (let number = 0; killed < kills; number += 1) {
      const folder = join(root, `killed-${number}`);
      killed += await killAtAnyTime(root, folder);
      for (const moment of moments) killed += await killAtMoment(moment, root, folder);
      const ended = await aide(["ablate", "small.yaml", "--jobs", "2", "--out", folder], root);
      expect(ended).toMatchObject({ code: 0, err: "" });
      for (const cell of cellFolders) {
        const { attempts } = JSON.parse(readFileSync(join(folder, cell, "cell.json"), "utf8"));
        // Those whose launcher was killed stop.
        expect(attempts.filter(({ kind }: { readonly kind: string }) => kind !== "stopped")).toMatchObject([
          { kind: "finished" },
        ]);
        checkLog(eventsIn(join(folder, cell, "events.jsonl")));
        expect(readFileSync(join(folder, cell, "grades.json"), "utf8")).toBe(
          readFileSync(join(quiet, cell, "grades.json"), "utf8"),
        );
      }
      for (const [file, strip] of Object.entries(unmeasured))
        expect(strip(readFileSync(join(folder, file), "utf8"))).toBe(strip(readFileSync(join(quiet, file), "utf8")));
      expect(draftsIn(folder).toSorted()).toEqual(draftsIn(quiet).toSorted());
    }
  },
);
