import { basename, resolve } from "node:path";
import { builtins } from "@aide-ts/builtins";
import { builtinNames, type AskedBy } from "@aide-ts/core";
import { version } from "@aide-ts/run/host";
import { counted } from "@aide-ts/run/report";
import {
  currentSetup,
  isTaskFolder,
  openSuite,
  prepareOwnTask,
  prepareTasks,
  preparedTasks,
  readSeal,
  renderTask,
  renderTasks,
  suiteOf,
  taskStore,
  tasksNamed,
  writeSeal,
} from "@aide-ts/tasks";
import type { Shell } from "../shell.ts";
import { findTaskIn, suiteHost } from "../task-host.ts";

const askedIn = ({ cwd }: Shell): AskedBy => ({ source: { kind: "command line", folder: cwd }, key: "tasks" });

/** `aide tasks list`: tasks of the suites that come with aide, and all that are prepared here. */
export const list = async (shell: Shell): Promise<number> => {
  const prepared = await preparedTasks(taskStore(shell.env));
  const names = builtinNames("task-suite", builtins);
  for (const use of names) {
    const { name, suite } = await openSuite(use, askedIn(shell), builtins, suiteHost(shell));
    const here = new Set(prepared.flatMap((one) => (one.suite === name ? [one.name] : [])));
    for (const line of renderTasks(name, suite.tasks, (task) => here.has(task))) shell.out(line);
  }
  for (const { suite, name } of prepared) if (!names.includes(suite)) shell.out(`${suite}/${name}`);
  return 0;
};

/** `aide tasks show`: what a task is, without its labels. */
export const show = async (shell: Shell, _flags: object, name: string): Promise<number> => {
  const store = taskStore(shell.env);
  const task = await findTaskIn(name, shell);
  for (const line of renderTask(task, await readSeal(store, suiteOf(task)))) shell.out(line);
  return 0;
};

/** `aide tasks prepare`: makes a suite's tasks, or puts a task folder of one's own where its labels lie apart. */
export const prepare = async (
  shell: Shell,
  _flags: object,
  what: string,
  ...only: readonly string[]
): Promise<number> => {
  const store = taskStore(shell.env);
  const folder = resolve(shell.cwd, what);
  if (await isTaskFolder(folder)) {
    const { name } = await prepareOwnTask(folder, basename(folder), store);
    shell.out(`${name} is prepared: aide run task=${name}`);
    return 0;
  }
  const { name, suite } = await openSuite(what, askedIn(shell), builtins, suiteHost(shell));
  const prepared = await prepareTasks(name, suite, tasksNamed(name, suite, only), store, shell.signal);
  shell.out(
    `${counted(prepared.length, "task")} of ${name} ${prepared.length === 1 ? "is" : "are"} prepared: aide run task=<name>`,
  );
  shell.out(`data     ${store.publicRoot}\nlabels   ${store.privateRoot}, for graders alone`);
  return 0;
};

/** `aide tasks seal`: freezes prompts, defaults and options for the sealed tasks of a suite. */
export const seal = async (shell: Shell, _flags: object, suite = "tabular-small"): Promise<number> => {
  const store = taskStore(shell.env);
  const setup = await currentSetup(builtins);
  const { hash, sealed: since, earlier } = await writeSeal(store, suite, setup, { version: version(), at: new Date() });
  shell.out(`${suite} is sealed under ${hash.slice(0, 8)}, ${Object.keys(setup).length} parts, since ${since}.`);
  if (earlier.length > 0)
    shell.out(`Sealed ${earlier.length} times before; runs under those seals are of other setups.`);
  return 0;
};
