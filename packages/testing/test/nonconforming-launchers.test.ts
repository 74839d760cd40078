import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { definePlugin, type Launcher, type LauncherHost, type TaskSuite } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { launcherConformance, taskSuiteConformance } from "../src/index.ts";
import { failing } from "./failing.ts";
import { noOptions } from "./fixtures.ts";

type Launch = Launcher["launch"];

/** One process for all runs: what a launcher may do, apart from what is taken away from it. */
const started = ([program = "", ...args]: readonly string[], numbers: readonly number[], host: LauncherHost) =>
  spawn(program, [...args, ...numbers.map(String)], { env: { ...host.variables }, stdio: "ignore" });

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit").catch(() => undefined);

const sound =
  (host: LauncherHost): Launch =>
  async ({ command, runs }, signal) => {
    signal.throwIfAborted();
    const child = started(
      command,
      runs.map(({ number }) => number),
      host,
    );
    const stop = () => child.kill("SIGINT");
    signal.addEventListener("abort", stop);
    await ended(child);
    signal.throwIfAborted();
  };

const ofLauncher = (launch: (host: LauncherHost) => Launch, processesHere?: number) =>
  failing((runner) =>
    launcherConformance(runner, {
      plugin: definePlugin({
        kind: "launcher",
        name: "tested",
        options: noOptions,
        create: (_options, host) => ({
          processesHere,
          launch: launch(host),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
      }),
      options: {},
    }),
  );

describe("the suite for launchers", () => {
  it("finds nothing in one that does as it should", async () => {
    expect(await ofLauncher(sound, 1)).toEqual([]);
  });

  it.each<[string, string, (host: LauncherHost) => Launch]>([
    [
      "does not wait for its processes",
      "lasts until no process is left",
      (host) => async (launch, signal) => {
        const launched = sound(host)(launch, signal);
        await Promise.race([launched, new Promise((resolve) => setTimeout(resolve, 50))]);
      },
    ],
    [
      "drops the variables",
      "has every run made, with 1 processes at a time",
      (host) => sound({ ...host, variables: {} }),
    ],
    [
      "leaves runs out",
      "has every run made, with 1 processes at a time",
      (host) => (launch, signal) => sound(host)({ ...launch, runs: launch.runs.slice(1) }, signal),
    ],
    [
      "fails where a process does",
      "does not mind how its processes end",
      (host) =>
        async ({ command, runs }) => {
          const child = started(
            command,
            runs.map(({ number }) => number),
            host,
          );
          const [code] = await once(child, "exit");
          if (code !== 0) throw new Error("failed");
        },
    ],
    [
      "kills without asking",
      "asks its processes to stop when its signal fires, and rejects with its reason once none is left",
      (host) =>
        async ({ command, runs }, signal) => {
          const child = started(
            command,
            runs.map(({ number }) => number),
            host,
          );
          signal.addEventListener("abort", () => child.kill("SIGKILL"));
          await ended(child);
          signal.throwIfAborted();
        },
    ],
    [
      "looks at the signal too late",
      "starts nothing for a signal that has fired",
      (host) => async (launch, signal) => {
        await sound(host)(launch, new AbortController().signal);
        signal.throwIfAborted();
      },
    ],
    [
      "starts more processes than it says",
      "has every run made, with 3 processes at a time",
      (host) =>
        async ({ command, runs }, signal) => {
          await Promise.all(runs.map(({ number }) => sound(host)({ command, runs: [{ number, arm: "one" }] }, signal)));
        },
    ],
  ])("finds one that %s", { timeout: 30_000 }, async (_what, name, launch) => {
    expect(await ofLauncher(launch, 1)).toContain(name);
  });
});

const tasks: TaskSuite["tasks"] = [{ name: "one", title: "One task", kind: "regression", part: "development" }];

const writes =
  (files: (name: string) => Readonly<Record<string, string>>): TaskSuite["prepare"] =>
  async (names, folder, signal) => {
    signal.throwIfAborted();
    for (const name of names)
      for (const [path, text] of Object.entries(files(name))) {
        await mkdir(join(folder, path, ".."), { recursive: true });
        await writeFile(join(folder, path), text);
      }
  };

const usual = (name: string): Readonly<Record<string, string>> => ({
  [`${name}/task.yaml`]: "title: One task",
  [`${name}/public/test.csv`]: "id\n1",
  [`${name}/private/answers.csv`]: "id,y\n1,2",
});

const ofSuite = (suite: Partial<TaskSuite>) =>
  failing((runner) =>
    taskSuiteConformance(runner, {
      plugin: definePlugin({
        kind: "task-suite",
        name: "tested",
        options: noOptions,
        create: () => ({ tasks, prepare: writes(usual), ...suite }),
      }),
      options: {},
    }),
  );

describe("the suite for task suites", () => {
  it("finds nothing in one that does as it should", async () => {
    expect(await ofSuite({})).toEqual([]);
  });

  const naming = "names each task once, safely for files, and says what it is in one line";
  const preparing = "prepares one with what a run sees and what grades it, the same bytes each time";
  let count = 0;
  it.each<[string, string, Partial<TaskSuite>]>([
    ["names a task twice", naming, { tasks: [...tasks, ...tasks] }],
    ["names a task after a path", naming, { tasks: tasks.map((task) => ({ ...task, name: "../one" })) }],
    ["has a twin of nothing", naming, { tasks: tasks.map((task) => ({ ...task, twinOf: "two" })) }],
    [
      "shows the answers",
      preparing,
      { prepare: writes((name) => ({ ...usual(name), [`${name}/public/test.csv`]: "id,y\n1,2" })) },
    ],
    ["has nothing that grades", preparing, { prepare: writes((name) => ({ [`${name}/task.yaml`]: "" })) }],
    [
      "writes other bytes each time",
      preparing,
      { prepare: writes((name) => ({ ...usual(name), [`${name}/public/test.csv`]: `id\n${count++}` })) },
    ],
    ["writes beside its folder", preparing, { prepare: writes((name) => ({ ...usual(name), "notes.txt": "" })) }],
    [
      "prepares what nobody asked for",
      "prepares nothing else",
      { prepare: (_, ...rest) => writes(usual)(["one"], ...rest) },
    ],
    [
      "does not look at the signal",
      "rejects with the reason of a signal that has fired",
      { prepare: (names, folder) => writes(usual)(names, folder, new AbortController().signal) },
    ],
  ])("finds one that %s", async (_what, name, suite) => {
    expect(await ofSuite(suite)).toContain(name);
  });
});
