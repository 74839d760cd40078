import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Builtins, ProgressEvent } from "@aide-ts/core";
import local from "@aide-ts/executor-local";
import { definePlugin } from "@aide-ts/plugin";
import { ScriptedBackend } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Secrets } from "../src/host/index.ts";
import {
  createRunFolders,
  openRecordedTask,
  openTask,
  readRawConfig,
  replayRun,
  runTask,
  type RunHost,
} from "../src/index.ts";

const script = `import csv
from statistics import linear_regression
train, test = [list(csv.DictReader(open(f"./input/{name}.csv"))) for name in ("train", "test")]
line = linear_regression([float(row["x"]) for row in train], [float(row["y"]) for row in train])
with open("./submission/submission.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["id", "y"])
    writer.writerows([row["id"], line.slope * float(row["x"]) + line.intercept] for row in test)
`;

/** A model that is slow enough for two runs to work at the same time. */
const scripted = definePlugin({
  kind: "backend",
  name: "scripted",
  options: z.object({ latency: z.number() }),
  create: ({ latency }) =>
    new ScriptedBackend({ reply: () => `\`\`\`python\n${script}\`\`\``, latency: () => latency }),
});

const builtins: Builtins = new Map<string, () => Promise<unknown>>([
  ["backend:scripted", async () => ({ default: scripted })],
  ["executor:local", () => import("@aide-ts/executor-local")],
  ["search:greedy", () => import("@aide-ts/strategy-tree")],
  ["evaluator:held-out", () => import("@aide-ts/evaluation")],
]);

/** A model that turns out to be unusable as soon as a script runs. */
const unusableOnceScriptsRun = () => {
  const began = Promise.withResolvers<void>();
  let running = 0;
  const backend = definePlugin({
    kind: "backend",
    name: "unusable",
    options: z.object({}),
    create: () =>
      Object.assign(new ScriptedBackend({ reply: () => "" }), {
        capabilities: () =>
          began.promise.then(() => {
            throw new Error("no such model");
          }),
      }),
  });
  const executor = {
    ...local,
    create: (...given: Parameters<typeof local.create>) => {
      const made = local.create(...given);
      const execute: typeof made.execute = async (...call) => {
        running += 1;
        began.resolve();
        return made.execute(...call).finally(() => (running -= 1));
      };
      return {
        execute,
        environment: made.environment.bind(made),
        start: made.start!.bind(made),
        read: made.read.bind(made),
        [Symbol.asyncDispose]: () => made[Symbol.asyncDispose](),
      };
    },
  };
  return { backend, executor, running: () => running };
};

const taskFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "aide-run-"));
  mkdirSync(join(folder, "data"));
  const rows = (from: number, count: number, labelled: boolean) =>
    Array.from({ length: count }, (_, at) => `${from + at},${at % 7}${labelled ? `,${(at % 7) * 3 + 1}` : ""}\n`);
  writeFileSync(join(folder, "data", "train.csv"), `id,x,y\n${rows(0, 80, true).join("")}`);
  writeFileSync(join(folder, "data", "test.csv"), `id,x\n${rows(500, 10, false).join("")}`);
  return folder;
};

const noShorthand = (): never => {
  throw new Error("every plugin here is named");
};

const hostIn = (cwd: string): RunHost => ({
  cwd,
  env: { HOME: homedir(), PATH: process.env["PATH"] ?? "", XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? "" },
  secrets: new Secrets(),
  builtins,
  shorthands: { backendFor: noShorthand, chainFor: noShorthand, planner: "planner" },
});

const config = {
  data_dir: "data",
  goal: "Predict y",
  eval: "RMSE",
  backend: { use: "scripted", latency: 300 },
  evaluators: ["held-out"],
  strategies: [],
  rehearse: false,
  budget: { steps: 3 },
};

/** A run of its own, from a config object to its end. */
const runIn = async (cwd: string, signal: AbortSignal, onEvent: (event: ProgressEvent) => void = () => undefined) => {
  const host = hostIn(cwd);
  const { warnings, ...task } = await openTask(await readRawConfig("none", config, host), host);
  expect(warnings).toEqual([]);
  const folders = await createRunFolders(join(cwd, "logs"), join(cwd, "workspaces"), "test");
  const [events, lines]: [ProgressEvent[], string[]] = [[], []];
  const observe = (event: ProgressEvent) => {
    events.push(event);
    onEvent(event);
  };
  const notify = (line: string) => void lines.push(line);
  const { ran } = await runTask({ ...task, folders, startedAt: Date.now(), host, observe, notify, signal });
  return { ran, events, lines, logs: folders.logs };
};

const completed = (events: readonly ProgressEvent[]) => events.filter(({ kind }) => kind === "told").length;

describe("a run without a command line", { timeout: 120_000 }, () => {
  it("goes from a config object to a finished folder, twice at once, each with its own observer and abort", async () => {
    expect(process.stdout.isTTY).not.toBe(true);
    const stop = new AbortController();
    const [whole, stopped] = await Promise.all([
      runIn(taskFolder(), new AbortController().signal),
      runIn(taskFolder(), stop.signal, ({ kind }) => kind === "told" && stop.abort()),
    ]);
    expect(whole.ran.journal.outcomes).toHaveLength(3);
    expect(whole.ran.journal.best?.evaluation).toMatchObject({ valid: true });
    expect(completed(whole.events)).toBe(3);
    expect(whole.lines.join("\n")).toContain("target   y");
    expect(readFileSync(join(whole.logs, "best_submission.csv"), "utf8")).toMatch(/^id,y\r?\n/);
    expect(stopped.ran.ending.reason).toBe("user");
    expect(completed(stopped.events)).toBe(1);
  });

  it("that fails for its model leaves no script of the rehearsal behind", async () => {
    const { backend, executor, running } = unusableOnceScriptsRun();
    const own: Builtins = new Map([
      ...builtins,
      ["backend:scripted", async () => ({ default: { ...backend, name: "scripted" } })],
      ["executor:local", async () => ({ default: executor })],
    ]);
    const cwd = taskFolder();
    const host = { ...hostIn(cwd), builtins: own };
    const raw = await readRawConfig("none", { ...config, backend: "scripted", rehearse: true }, host);
    const { warnings: _, ...task } = await openTask(raw, host);
    const folders = await createRunFolders(join(cwd, "logs"), join(cwd, "workspaces"), "test");
    const silent = () => undefined;
    const { signal } = new AbortController();
    const run = runTask({ ...task, folders, startedAt: 0, host, observe: silent, notify: silent, signal });
    const scripts = await run.then(
      () => "none failed",
      (error: Error) => `${error.message}, ${running()} running`,
    );
    expect(scripts).toBe('backend "scripted" threw in capabilities: no such model., 0 running');
  });

  it("continues from what its folder holds, and is replayed", async () => {
    const cwd = taskFolder();
    const stop = new AbortController();
    const { logs } = await runIn(cwd, stop.signal, ({ kind }) => kind === "told" && stop.abort());
    const host = hostIn("/");
    const { signal } = new AbortController();
    const silent = () => undefined;
    const { request, notes } = await openRecordedTask(logs, host, { overrides: { budget: { steps: 2 } } });
    expect(notes).toEqual([]);
    const { ran } = await runTask({ ...request, host, observe: silent, notify: silent, signal });
    expect(ran.journal.outcomes).toHaveLength(2);
    const replayed = await replayRun(await openRecordedTask(logs, host), { follow: () => silent, signal });
    expect(replayed).toMatchObject({ ending: "completed", proposals: 2, modelCalls: 2 });
  });
});
