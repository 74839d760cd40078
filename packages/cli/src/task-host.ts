import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtins } from "@aide-ts/builtins";
import { checkOptions, loadPlugin } from "@aide-ts/core";
import type { TaskSuiteHost } from "@aide-ts/plugin";
import { cacheFolder, pluginHost, type RunHost } from "@aide-ts/run/host";
import type { Shell } from "./shell.ts";

/** What suites of tasks are given. */
export const suiteHost = ({ env, cwd, err }: Pick<Shell, "env" | "cwd" | "err">): TaskSuiteHost => ({
  ...pluginHost({ env }, cwd, err),
  variables: env,
  onProgress: (progress) => {
    if (progress.kind === "line") err(progress.text);
  },
  async python(signal) {
    const { ensureEnvironment } = await import("@aide-ts/executor-local");
    const { python } = await ensureEnvironment({ cacheFolder: cacheFolder(env), env, signal });
    return python;
  },
});

/** An executor for a task's own grader: it starts programs of ours, and no script. */
export const scriptExecutor = async ({ env, cwd, err }: Shell) => {
  const asked = { source: { kind: "command line", folder: cwd }, key: "executor" } as const;
  const local = await loadPlugin("executor", "local", asked, builtins);
  return local.create(await checkOptions<unknown>(local, {}, asked), {
    ...pluginHost({ env }, cwd, err),
    dataFolder: cwd,
    dataView: () => undefined,
    workspaceFolder: join(tmpdir(), "aide-grade"),
    slots: 1,
  });
};

/** Where tasks are looked for by their names. */
const taskPlaces = async ({ cwd, env, err }: Pick<Shell, "cwd" | "env" | "err">) => {
  const { builtinTasks, taskStore } = await import("@aide-ts/tasks");
  return { cwd, store: taskStore(env), known: () => builtinTasks(builtins, suiteHost({ cwd, env, err })) };
};

/** A task by its name or folder, from where a command is given. */
export const findTaskIn = async (name: string, shell: Pick<Shell, "cwd" | "env" | "err">) => {
  const { findTask } = await import("@aide-ts/tasks");
  return findTask(name, await taskPlaces(shell));
};

/** Finds the task that a config names. Its code is loaded only where one does. */
export const namedTaskIn =
  ({ cwd, env }: Pick<RunHost, "cwd" | "env">): NonNullable<RunHost["namedTask"]> =>
  async (wanted) => {
    const { currentSetup, mleBenchDataRoot, namedTask } = await import("@aide-ts/tasks");
    return namedTask(wanted, {
      ...(await taskPlaces({ cwd, env, err: () => undefined })),
      setup: () => currentSetup(builtins),
      dataRoot: mleBenchDataRoot(env, process.platform),
    });
  };
