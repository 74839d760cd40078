import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { suggest } from "@aide-ts/core";
import { taskAmbiguous, taskNotPrepared, taskUnknown } from "../errors.ts";
import { isTaskFolder, readTaskFile } from "../folder/task-file.ts";
import type { Task } from "../folder/task.ts";
import type { TaskStore } from "./task-store.ts";

/** What a name may mean: a task of a suite, known though it may not be prepared. */
export interface KnownTask {
  readonly suite: string;
  readonly name: string;
}

/**
 * A task by its folder, by `suite/name`, or by its name alone where one suite has it.
 * @param known tasks of the suites that come with the host, for what is not prepared yet
 * @throws AIDE_TASK_UNKNOWN, AIDE_TASK_AMBIGUOUS, AIDE_TASK_NOT_PREPARED, AIDE_TASK_UNREADABLE, AIDE_TASK_INVALID
 */
export const findTask = async (
  wanted: string,
  {
    cwd,
    store,
    known,
  }: { readonly cwd: string; readonly store: TaskStore; readonly known: () => Promise<readonly KnownTask[]> },
): Promise<Task> => {
  const folder = resolve(cwd, wanted);
  if (await isTaskFolder(folder)) return ownTask(folder);
  const prepared = await preparedTasks(store);
  const found = prepared.filter((one) => isMeant(one, wanted));
  const [first, second] = found;
  if (first !== undefined && second !== undefined) throw taskAmbiguous(wanted, found.map(fullName));
  if (first !== undefined) return storedTask(store, first);
  const others = await known();
  const unprepared = others.find((one) => isMeant(one, wanted));
  if (unprepared !== undefined) throw taskNotPrepared(wanted, unprepared.suite);
  const all = [...new Set([...prepared, ...others].flatMap((one) => [one.name, fullName(one)]))];
  throw taskUnknown(wanted, folder, suggest(wanted, all));
};

const fullName = ({ suite, name }: KnownTask): string => `${suite}/${name}`;

const isMeant = (one: KnownTask, wanted: string): boolean => wanted === one.name || wanted === fullName(one);

const ownTask = async (folder: string): Promise<Task> => ({
  name: folder,
  file: await readTaskFile(folder),
  publicFolder: join(folder, "public"),
  privateFolder: join(folder, "private"),
});

export const storedTask = async (store: TaskStore, { suite, name }: KnownTask): Promise<Task> => {
  const folder = join(store.publicRoot, suite, name);
  return {
    name: `${suite}/${name}`,
    file: await readTaskFile(folder),
    publicFolder: join(folder, "public"),
    privateFolder: join(store.privateRoot, suite, name),
  };
};

/** Names of all that lie in the store, sorted. */
export const preparedTasks = async ({ publicRoot }: Pick<TaskStore, "publicRoot">): Promise<readonly KnownTask[]> => {
  const found: KnownTask[] = [];
  for (const suite of await foldersIn(publicRoot))
    for (const name of await foldersIn(join(publicRoot, suite)))
      if (await isTaskFolder(join(publicRoot, suite, name))) found.push({ suite, name });
  return found;
};

const foldersIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => []))
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .toSorted();
