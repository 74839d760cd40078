import { builtinNames, checkOptions, loadPlugin, suggest, type AskedBy, type Builtins } from "@aide-ts/core";
import type { SuiteTask, TaskSuite, TaskSuiteHost } from "@aide-ts/plugin";
import { taskNotOfSuite } from "../errors.ts";
import type { KnownTask } from "./find-task.ts";

/** A suite by its short name, its package or its path, from where it is asked for. @throws what loading a plugin throws */
export const openSuite = async (
  use: string,
  asked: AskedBy,
  builtins: Builtins,
  host: TaskSuiteHost,
): Promise<{ readonly name: string; readonly suite: TaskSuite }> => {
  const plugin = await loadPlugin("task-suite", use, asked, builtins);
  const options = await checkOptions<unknown>(plugin, {}, asked);
  return { name: plugin.name, suite: plugin.create(options, host) };
};

/** The tasks of a suite that are meant by their names; all of them where none is named. @throws AIDE_TASK_UNKNOWN */
export const tasksNamed = (suiteName: string, suite: TaskSuite, names: readonly string[]): readonly SuiteTask[] => {
  if (names.length === 0) return suite.tasks;
  const wanted = new Set(names.map((name) => name.replace(`${suiteName}/`, "")));
  const all = suite.tasks.map(({ name }) => name);
  for (const name of wanted) if (!all.includes(name)) throw taskNotOfSuite(name, suiteName, suggest(name, all));
  return suite.tasks.filter(({ name }) => wanted.has(name));
};

/** Tasks of the suites that come with a host, prepared or not. */
export const builtinTasks = async (builtins: Builtins, host: TaskSuiteHost): Promise<readonly KnownTask[]> => {
  const asked: AskedBy = { source: { kind: "command line", folder: "/" }, key: "task" };
  const known: KnownTask[] = [];
  for (const use of builtinNames("task-suite", builtins)) {
    const { name, suite } = await openSuite(use, asked, builtins, host);
    known.push(...suite.tasks.map((task) => ({ suite: name, name: task.name })));
  }
  return known;
};
