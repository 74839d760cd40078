import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { definePlugin, type TaskSuite } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { taskSuiteConformance } from "../src/index.ts";
import { failing } from "./failing.ts";
import { noOptions } from "./fixtures.ts";

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
