import { chmod, cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { shortDigest } from "@aide-ts/core";
import type { SuiteTask, TaskSuite } from "@aide-ts/plugin";
import { stringify } from "yaml";
import writeFileAtomic from "write-file-atomic";
import { taskChecksum, taskPartMissing } from "../errors.ts";
import { checksumOf } from "../folder/checksum.ts";
import { readTaskFile, taskFileName } from "../folder/task-file.ts";
import type { Task } from "../folder/task.ts";
import { storedTask } from "./find-task.ts";
import type { TaskStore } from "./task-store.ts";

/** The suite that a task of one's own belongs to once it lies in the store. */
export const ownSuite = "own";

/**
 * Has a suite write its tasks and puts them into the store: public parts where runs find them, private parts apart, for their owner alone.
 * @throws AIDE_TASK_CHECKSUM where a task is not what its suite says it is; what the suite throws
 */
export const prepareTasks = async (
  suiteName: string,
  suite: TaskSuite,
  tasks: readonly SuiteTask[],
  store: TaskStore,
  signal: AbortSignal,
): Promise<readonly Task[]> => {
  await mkdir(store.privateRoot, { recursive: true, mode: 0o700 });
  // Labels are in reach of their owner alone while they are made, too.
  await chmod(store.privateRoot, 0o700);
  const written = await mkdtemp(join(store.privateRoot, ".prepare-"));
  try {
    await suite.prepare(
      tasks.map(({ name }) => name),
      written,
      signal,
    );
    const prepared: Task[] = [];
    for (const task of tasks) prepared.push(await admit(join(written, task.name), suiteName, task, store));
    return prepared;
  } finally {
    await rm(written, { recursive: true, force: true });
  }
};

/** Copies a task folder of one's own into the store, where its labels lie apart. */
export const prepareOwnTask = async (folder: string, name: string, store: TaskStore): Promise<Task> => {
  await readTaskFile(folder);
  await mkdir(store.privateRoot, { recursive: true, mode: 0o700 });
  const copy = await mkdtemp(join(store.privateRoot, ".prepare-"));
  try {
    await cp(folder, copy, { recursive: true });
    return await admit(copy, ownSuite, { name }, store);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
};

const admit = async (
  folder: string,
  suite: string,
  { name, checksum }: Pick<SuiteTask, "name" | "checksum">,
  store: TaskStore,
): Promise<Task> => {
  const parts = { public: join(folder, "public"), private: join(folder, "private") };
  const file = await readTaskFile(folder);
  const found = await checksumOf(parts.public, parts.private);
  if (checksum !== undefined && checksum !== found) throw taskChecksum(`${suite}/${name}`, checksum, found);
  const places = { public: join(store.publicRoot, suite, name), private: join(store.privateRoot, suite, name) };
  await replace(parts.private, places.private, `${suite}/${name}`);
  await chmod(places.private, 0o700);
  await replace(parts.public, join(places.public, "public"), `${suite}/${name}`);
  await writeFileAtomic(join(places.public, taskFileName), stringify({ ...file, checksum: found }));
  return storedTask(store, { suite, name });
};

/** Puts a folder in another's place; across file systems too. */
const replace = async (from: string, to: string, task: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true });
  const draft = `${to}.${shortDigest(from)}`;
  await cp(from, draft, { recursive: true }).catch((cause: unknown) => {
    throw taskPartMissing(task, from, cause);
  });
  await rm(to, { recursive: true, force: true });
  await rename(draft, to);
};
