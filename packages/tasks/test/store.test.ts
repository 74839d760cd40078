import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  checksumOf,
  findTask,
  prepareOwnTask,
  preparedTasks,
  prepareTasks,
  tasksNamed,
  type TaskStore,
} from "../src/index.ts";
import { canary, storeIn, suiteOf, task, temporary, writeTask } from "./made-up.ts";

let folder: string;
let store: TaskStore;
const { signal } = new AbortController();

beforeEach(() => {
  folder = temporary();
  store = storeIn(folder);
});

const find = (wanted: string) =>
  findTask(wanted, { cwd: folder, store, known: () => Promise.resolve([{ suite: "later", name: "trees" }]) });

const filesBelow = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("prepared tasks", () => {
  it("keep their labels apart, for their owner alone", async () => {
    const suite = suiteOf([task("boats"), task("ships")]);
    const [boats] = await prepareTasks("fleet", suite, suite.tasks, store, signal);
    expect(boats).toMatchObject({ name: "fleet/boats", file: { target: ["litres"], id: ["boat"] } });
    expect(readdirSync(boats!.publicFolder)).toEqual(["test.csv", "train.csv"]);
    expect(readdirSync(boats!.privateFolder)).toEqual(["answers.csv"]);
    expect(statSync(boats!.privateFolder).mode & 0o077).toBe(0);
    expect(statSync(store.privateRoot).mode & 0o077).toBe(0);
    const revealing = filesBelow(store.publicRoot).filter((path) =>
      readFileSync(path, "utf8").includes(String(canary)),
    );
    expect(revealing).toEqual([]);
    expect(readdirSync(store.privateRoot)).toEqual(["fleet"]);
  });

  it("are found by name, by suite and name, and by folder", async () => {
    const suite = suiteOf([task("boats")]);
    await prepareTasks("fleet", suite, suite.tasks, store, signal);
    writeTask(join(folder, "mine"));
    expect((await find("boats")).name).toBe("fleet/boats");
    expect((await find("fleet/boats")).name).toBe("fleet/boats");
    expect((await find("./mine")).publicFolder).toBe(join(folder, "mine", "public"));
    expect(await preparedTasks(store)).toEqual([{ suite: "fleet", name: "boats" }]);
  });

  it("are refused by name where there are several, none, or none yet", async () => {
    const suite = suiteOf([task("boats")]);
    await prepareTasks("fleet", suite, suite.tasks, store, signal);
    await prepareTasks("navy", suite, suite.tasks, store, signal);
    await expect(find("boats")).rejects.toMatchObject({ code: "AIDE_TASK_AMBIGUOUS" });
    await expect(find("trees")).rejects.toMatchObject({
      code: "AIDE_TASK_NOT_PREPARED",
      fix: "aide tasks prepare later",
    });
    await expect(find("boat")).rejects.toMatchObject({
      code: "AIDE_TASK_UNKNOWN",
      message: expect.stringContaining('did you mean "boats"'),
    });
  });

  it("are what their suite says, or refused", async () => {
    const suite = suiteOf([task("boats")]);
    const [boats] = await prepareTasks("fleet", suite, suite.tasks, store, signal);
    const checksum = await checksumOf(boats!.publicFolder, boats!.privateFolder);
    expect(boats!.file.checksum).toBe(checksum);
    await prepareTasks("fleet", suite, [task("boats", { checksum })], store, signal);
    await expect(
      prepareTasks("fleet", suite, [task("boats", { checksum: "0".repeat(64) })], store, signal),
    ).rejects.toMatchObject({ code: "AIDE_TASK_CHECKSUM", facts: { found: checksum } });
  });

  it("of a suite are chosen by name, and a name that it lacks is refused", () => {
    const suite = suiteOf([task("boats"), task("ships")]);
    expect(tasksNamed("fleet", suite, [])).toHaveLength(2);
    expect(tasksNamed("fleet", suite, ["fleet/ships"])).toEqual([suite.tasks[1]]);
    expect(() => tasksNamed("fleet", suite, ["ships", "boat"])).toThrow(
      'fleet has no task "boat": did you mean "boats"?',
    );
  });

  it("may be one's own", async () => {
    writeTask(join(folder, "mine"));
    const own = await prepareOwnTask(join(folder, "mine"), "mine", store);
    expect(own.name).toBe("own/mine");
    expect(own.privateFolder.startsWith(store.privateRoot)).toBe(true);
    expect((await find("own/mine")).file.title).toBe("Boats");
  });
});

describe("task.yaml", () => {
  it.each([
    ["a misspelt key", { metrik: "mae" }, "metrik"],
    ["no target", { target: undefined }, "target"],
    ["a direction that is none", { direction: "up" }, "direction"],
  ])("is refused with %s", async (_what, yaml, named) => {
    writeTask(join(folder, "mine"), yaml);
    await expect(find("./mine")).rejects.toMatchObject({
      code: "AIDE_TASK_INVALID",
      message: expect.stringContaining(named),
    });
  });
});
