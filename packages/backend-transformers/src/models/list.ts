import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { isWhole } from "./find.ts";
import { cacheOf, commitPattern, type Variables } from "./repository.ts";

/** A model in the hub's cache, at one commit. */
export interface CachedSnapshot {
  readonly name: string;
  readonly commit: string;
  /** Branches and tags that were this commit when they were fetched. */
  readonly revisions: readonly string[];
  readonly folder: string;
  /** Of its files on the disk. */
  readonly bytes: number;
  readonly state: "ready" | "partial";
}

/** The models in the hub's cache, whoever fetched them, sorted by name. A download that has no snapshot yet is `partial`, without a commit. */
export const listSnapshots = async (env: Variables = process.env): Promise<readonly CachedSnapshot[]> => {
  const cache = cacheOf(env);
  const repositories = (await entriesOf(cache)).filter((entry) => entry.startsWith("models--")).sort();
  return (await Promise.all(repositories.map((entry) => snapshotsOf(join(cache, entry), nameOf(entry))))).flat();
};

const nameOf = (entry: string): string => entry.slice("models--".length).replaceAll("--", "/");

const snapshotsOf = async (folder: string, name: string): Promise<readonly CachedSnapshot[]> => {
  const refs = (await refsOf(join(folder, "refs"))).sort((a, b) => a.revision.localeCompare(b.revision));
  const commits = (await entriesOf(join(folder, "snapshots"))).filter((entry) => commitPattern.test(entry));
  if (commits.length === 0) {
    const blobs = join(folder, "blobs");
    const bytes = await bytesOf((await entriesOf(blobs)).map((entry) => join(blobs, entry)));
    return bytes === 0 ? [] : [{ name, commit: "", revisions: [], folder, bytes, state: "partial" }];
  }
  return Promise.all(
    commits.map(async (commit): Promise<CachedSnapshot> => {
      const snapshot = join(folder, "snapshots", commit);
      return {
        name,
        commit,
        revisions: refs.filter((ref) => ref.commit === commit).map(({ revision }) => revision),
        folder: snapshot,
        bytes: await bytesOf(await filesBelow(snapshot)),
        state: (await isWhole(snapshot)) ? "ready" : "partial",
      };
    }),
  );
};

const refsOf = async (folder: string): Promise<{ readonly revision: string; readonly commit: string }[]> =>
  Promise.all(
    (await filesBelow(folder)).map(async (file) => ({
      revision: relative(folder, file),
      commit: (await readFile(file, "utf8").catch(() => "")).trim(),
    })),
  );

const entriesOf = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
};

const bytesOf = async (files: readonly string[]): Promise<number> => {
  const found = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return found.reduce((sum, file) => sum + (file?.isFile() ? file.size : 0), 0);
};
