import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SuiteTask, TaskSuite } from "@aide-ts/plugin";
import type { TaskStore } from "../src/index.ts";

/** A label that occurs nowhere but in private parts. */
export const canary = 8_417_263.5;

export const temporary = (): string => mkdtempSync(join(tmpdir(), "aide-tasks-"));

export const storeIn = (folder: string): TaskStore => ({
  publicRoot: join(folder, "tasks"),
  privateRoot: join(folder, "labels"),
});

export const writeTask = (folder: string, yaml: Readonly<Record<string, unknown>> = {}): void => {
  mkdirSync(join(folder, "public"), { recursive: true });
  mkdirSync(join(folder, "private"), { recursive: true });
  const file = {
    title: "Boats",
    kind: "regression",
    goal: "Predict the fuel use",
    eval: "Mean absolute error",
    metric: "mae",
    target: "litres",
    id: "boat",
    ...yaml,
  };
  const lines = Object.entries(file).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}\n`],
  );
  writeFileSync(join(folder, "task.yaml"), lines.join(""));
  writeFileSync(join(folder, "public", "train.csv"), "boat,length,litres\n1,4,10\n2,5,12\n");
  writeFileSync(join(folder, "public", "test.csv"), "boat,length\n3,6\n4,7\n");
  writeFileSync(join(folder, "private", "answers.csv"), `boat,litres\n3,${canary}\n4,16\n`);
};

export const suiteOf = (tasks: readonly SuiteTask[]): TaskSuite => ({
  tasks,
  prepare: (names, folder) => {
    for (const name of names) {
      const task = tasks.find((one) => one.name === name);
      writeTask(join(folder, name), { part: task?.part });
    }
    return Promise.resolve();
  },
});

export const task = (name: string, rest: Partial<SuiteTask> = {}): SuiteTask => ({
  name,
  title: name,
  kind: "regression",
  part: "development",
  ...rest,
});
