import { readdir, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { noRunsBelow } from "../errors/run-folder.ts";
import { findRun } from "./folders.ts";
import { isBegun } from "./record.ts";

export interface FoundRun {
  /** Its path below the folder that was named, or its own folder's name. No two runs of an export have the same. */
  readonly name: string;
  readonly folder: string;
}

/**
 * The runs that a user names: each by its folder or name, or all below a folder, in the order of their numbers. The newest of `logs` without.
 * @throws AIDE_RUN_NOT_FOUND
 */
export const findRecordedRuns = async (words: readonly string[], cwd: string): Promise<readonly FoundRun[]> => {
  const found = new Map<string, FoundRun>();
  const taken = new Set<string>();
  for (const word of words.length === 0 ? [undefined] : words)
    for (const { name: wanted, folder } of await named(word, cwd)) {
      if (found.has(folder)) continue;
      const name = unused(wanted, taken);
      taken.add(name);
      found.set(folder, { name, folder });
    }
  return [...found.values()];
};

const named = async (word: string | undefined, cwd: string): Promise<readonly FoundRun[]> => {
  const path = resolve(cwd, word ?? "");
  if (word !== undefined && !(await isBegun(path)) && (await isFolder(path))) {
    const below = await runsBelow(path);
    if (below.length === 0) throw noRunsBelow(path);
    return below.map((folder) => ({ name: relative(path, folder).replaceAll(sep, "/"), folder }));
  }
  const folder = await findRun(word, cwd);
  return [{ name: basename(folder), folder }];
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const natural = new Intl.Collator("en", { numeric: true });

/** Links are not followed. What scripts worked in holds no runs, and may be large. */
const runsBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() && !isPassedOver(entry.name) ? [entry.name] : []));
  const found: string[] = [];
  for (const name of names.toSorted((a, b) => natural.compare(a, b))) {
    const path = join(folder, name);
    found.push(...((await isBegun(path)) ? [path] : await runsBelow(path)));
  }
  return found;
};

const isPassedOver = (name: string): boolean =>
  name.startsWith(".") || name === "workspaces" || name === "node_modules";

const unused = (name: string, taken: ReadonlySet<string>, time = 2): string => {
  if (!taken.has(name)) return name;
  const other = `${name}-${time}`;
  return taken.has(other) ? unused(name, taken, time + 1) : other;
};
