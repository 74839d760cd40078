import { resolve } from "node:path";
import type { Layer } from "@aide-ts/core";
import type { Json } from "@aide-ts/plugin";
import { isSealed, type Task } from "../folder/task.ts";
import { mleBenchTask } from "../mlebench/layout.ts";
import { checkSeal, type Sealed } from "../seal/seal.ts";
import type { Setup } from "../seal/setup.ts";
import { findTask, type KnownTask } from "../store/find-task.ts";
import type { TaskStore } from "../store/task-store.ts";

/** What a task's name stands for in a config. */
export interface NamedTask {
  /** Keys of a config. */
  readonly values: Layer;
  /** What `run.json` keeps of it, for graders and reports. */
  readonly origin: { readonly [key: string]: Json };
}

export interface NamedTaskOptions {
  readonly cwd: string;
  readonly store: TaskStore;
  /** Tasks of suites that come with the host, prepared or not. */
  readonly known: () => Promise<readonly KnownTask[]>;
  readonly setup: () => Promise<Setup>;
  /** Where MLE-bench keeps its data, unless a config says otherwise. */
  readonly dataRoot: string;
}

/** A task that a config names, and how it is to be run. */
interface WantedTask {
  readonly task?: string | undefined;
  readonly mlebench?: { readonly id: string; readonly root: string | undefined } | undefined;
  /** A sealed task may run under another setup than the frozen one. */
  readonly unseal: boolean;
  /** Prompts that the config replaces. */
  readonly overridden: readonly string[];
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

const suiteOf = ({ name }: Task): string => name.split("/")[0] ?? "";

const valuesOf = ({
  publicFolder,
  file: { goal, eval: evaluation, metric, direction, target, id, positive },
}: Task): Layer => ({
  data_dir: publicFolder,
  goal,
  eval: evaluation,
  metric,
  target,
  ...(direction === undefined ? {} : { direction }),
  ...(id === undefined ? {} : { id }),
  ...(positive === undefined ? {} : { positive }),
});

const originOf = ({ name, file }: Task, sealed: Sealed | undefined): NamedTask["origin"] => ({
  task: name,
  part: file.part,
  ...(file.checksum === undefined ? {} : { checksum: file.checksum }),
  ...(sealed === undefined ? {} : { setup: sealed.hash }),
  ...(sealed?.kind === "exploratory" ? { exploratory: sealed.why } : {}),
});
