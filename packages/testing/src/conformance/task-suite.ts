import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import type { Plugin, TaskSuite, TaskSuiteHost } from "@aide-ts/plugin";
import type { TestRunner } from "./runner.ts";

export interface TaskSuiteCase<O> {
  readonly plugin: Plugin<"task-suite", O>;
  readonly options: O;
  /** What it needs of its host beside what the suite gives, as a Python. */
  readonly host?: Partial<TaskSuiteHost>;
  /** Tasks that are prepared; all of them without. */
  readonly names?: readonly string[];
}

/**
 * What every suite of tasks must hold to: names that are safe for files, each task with what a run sees and what grades it, the same bytes each time, and
 * nothing beside what it was asked for.
 */
export const taskSuiteConformance = <O>({ describe, it }: TestRunner, tested: TaskSuiteCase<O>): void => {
  const { plugin, options, host } = tested;
  const suite: TaskSuite = plugin.create(options, {
    cacheFolder: join(tmpdir(), "aide-task-suite-cache"),
    runFolder: tmpdir(),
    variables: {},
    env: (name) => process.env[name],
    log: () => undefined,
    onProgress: () => undefined,
    python: () => Promise.reject(new Error("The case gives no Python.")),
    ...host,
  });
  const names = tested.names ?? suite.tasks.map(({ name }) => name);

  describe(`task suite ${plugin.name}`, () => {
    it("names each task once, safely for files, and says what it is in one line", async () => {
      const all = suite.tasks.map(({ name }) => name);
      assert.ok(all.length > 0, "it has no task");
      assert.equal(new Set(all).size, all.length, "a name stands twice");
      for (const { name, title, kind, part, twinOf } of suite.tasks) {
        assert.match(name, /^[A-Za-z0-9][A-Za-z0-9._-]*$/);
        for (const text of [title, kind, part])
          assert.match(text, /^\S(.*\S)?$/, `of ${name}: ${JSON.stringify(text)}`);
        if (twinOf !== undefined) assert.ok(all.includes(twinOf) && twinOf !== name, `${name} is no twin of ${twinOf}`);
      }
    });

    for (const name of names) {
      it(`prepares ${name} with what a run sees and what grades it, the same bytes each time`, async () => {
        const files = await prepared(suite, [name]);
        const paths = [...files.keys()];
        assert.ok(
          paths.every((path) => path.startsWith(`${name}/`)),
          `beside its folder: ${paths.join(", ")}`,
        );
        assert.ok(files.has(`${name}/task.yaml`), "no task.yaml");
        const within = (part: string) => [...files].filter(([path]) => path.startsWith(`${name}/${part}/`));
        assert.ok(within("public").length > 0, "a run would see nothing");
        assert.ok(within("private").length > 0, "nothing grades it");
        const seen = new Set(within("public").map(([, content]) => content));
        for (const [path, content] of within("private")) assert.ok(!seen.has(content), `a run sees ${path}`);
        assert.deepEqual(await prepared(suite, [name]), files);
      });
    }

    it("prepares nothing else", async () => {
      assert.deepEqual(await prepared(suite, []), new Map());
    });

    it("rejects with the reason of a signal that has fired", async () => {
      const reason = new Error("enough");
      await assert.rejects(prepared(suite, names.slice(0, 1), AbortSignal.abort(reason)), (error) => error === reason);
    });
  });
};

/** What it writes, by path; as hexadecimal digits, so that no byte is lost. */
const prepared = async (
  suite: TaskSuite,
  names: readonly string[],
  signal = new AbortController().signal,
): Promise<ReadonlyMap<string, string>> => {
  const folder = await mkdtemp(join(tmpdir(), "aide-task-suite-"));
  await suite.prepare(names, folder, signal);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = async (path: string) =>
    [relative(folder, path).split(sep).join("/"), (await readFile(path)).toString("hex")] as const;
  return new Map(await Promise.all(paths.toSorted().map(read)));
};
