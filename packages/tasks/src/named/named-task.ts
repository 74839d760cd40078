import { join, resolve } from "node:path";
import { isMetricFile, type Layer } from "@aide-ts/core";
import type { NamedTask, TaskOrigin, WantedTask } from "@aide-ts/run/host";
import { isSealed, suiteOf, type Task } from "../folder/task.ts";
import { mleBenchTask } from "../mlebench/layout.ts";
import { checkSeal, type Sealed } from "../seal/seal.ts";
import type { Setup } from "../seal/setup.ts";
import { findTask, type KnownTask } from "../store/find-task.ts";
import type { TaskStore } from "../store/task-store.ts";

export interface NamedTaskOptions {
  readonly cwd: string;
  readonly store: TaskStore;
  /** Tasks of suites that come with the host, prepared or not. */
  readonly known: () => Promise<readonly KnownTask[]>;
  readonly setup: () => Promise<Setup>;
  /** Where MLE-bench keeps its data, unless a config says otherwise. */
  readonly dataRoot: string;
}

/** @throws what finding a task and checking its seal throw; what finding a competition throws */
export const namedTask = async (
  { task: wanted = "", mlebench, unseal, overridden }: WantedTask,
  { cwd, store, known, setup, dataRoot }: NamedTaskOptions,
): Promise<NamedTask> => {
  if (mlebench !== undefined) {
    const root = mlebench.root === undefined ? dataRoot : resolve(cwd, mlebench.root);
    const { id, dataFolder, description } = await mleBenchTask(mlebench.id, root);
    return { values: { data_dir: dataFolder, desc_file: description }, origin: { mlebench: id, root } };
  }
  const task = await findTask(wanted, { cwd, store, known });
  const sealed = isSealed(task.file)
    ? await checkSeal(task.name, suiteOf(task), store, { setup: await setup(), overridden, unseal })
    : undefined;
  return { values: valuesOf(task), origin: originOf(task, sealed) };
};

const valuesOf = ({
  publicFolder,
  file: { goal, eval: evaluation, metric, direction, target, id, positive },
}: Task): Layer => ({
  data_dir: publicFolder,
  goal,
  eval: evaluation,
  metric: isMetricFile(metric) ? join(publicFolder, metric) : metric,
  target,
  ...(direction === undefined ? {} : { direction }),
  ...(id === undefined ? {} : { id }),
  ...(positive === undefined ? {} : { positive }),
});

const originOf = ({ name, file }: Task, sealed: Sealed | undefined): TaskOrigin => ({
  task: name,
  part: file.part,
  ...(file.checksum === undefined ? {} : { checksum: file.checksum }),
  ...(sealed === undefined ? {} : { setup: sealed.hash }),
  ...(sealed?.kind === "exploratory" ? { exploratory: sealed.why } : {}),
});
