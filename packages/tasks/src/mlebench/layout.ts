import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { suggest } from "@aide-ts/core";
import { mleBenchAsKaggleGives, mleBenchNotPrepared, mleBenchRootMissing, mleBenchUnknown } from "../errors.ts";
import { isFile, isFolder } from "../folder/kind-of-entry.ts";
import { mleBenchIds } from "./competitions.ts";

/** A competition as `mlebench prepare` leaves it. */
export interface MleBenchTask {
  /** As MLE-bench and Kaggle name it. */
  readonly id: string;
  /** All that a run may see: `prepared/public`. */
  readonly dataFolder: string;
  /** The competition's page, from which goal and metric come: `prepared/public/description.md`. */
  readonly description: string;
  /** Answers, for a grader alone: `prepared/private`. It need not be there for a run. */
  readonly privateFolder: string;
}

/**
 * The task with this id below a data root of MLE-bench, `<root>/<id>/prepared/{public,private}`.
 * @throws AIDE_MLEBENCH_ROOT, AIDE_MLEBENCH_UNKNOWN, AIDE_MLEBENCH_NOT_PREPARED
 */
export const mleBenchTask = async (id: string, root: string): Promise<MleBenchTask> => {
  const there = await foldersIn(root);
  if (there === undefined) throw mleBenchRootMissing(root, id);
  const folder = join(root, id);
  if (!there.includes(id)) {
    if (mleBenchIds.includes(id)) throw mleBenchNotPrepared(id, folder);
    throw mleBenchUnknown(id, root, suggest(id, there) ?? suggest(id, mleBenchIds));
  }
  const prepared = join(folder, "prepared");
  const dataFolder = join(prepared, "public");
  const description = join(dataFolder, "description.md");
  if (!(await isFolder(prepared)) && (await holdsData(folder, id))) throw mleBenchAsKaggleGives(id, folder);
  if (!(await isFile(description))) throw mleBenchNotPrepared(id, description);
  return { id, dataFolder, description, privateFolder: join(prepared, "private") };
};

/** Names of the folders in a folder, links to folders among them; `undefined` where it cannot be read. */
const foldersIn = async (root: string): Promise<readonly string[] | undefined> => {
  const entries = await readdir(root).catch(() => undefined);
  if (entries === undefined) return undefined;
  const folders = await Promise.all(entries.map(async (name) => ((await isFolder(join(root, name))) ? [name] : [])));
  return folders.flat().toSorted();
};

/** Whether data lie in the folder itself. What `mlebench prepare` leaves when it is broken off, archive and `raw`, is none. */
const holdsData = async (folder: string, id: string): Promise<boolean> =>
  (await readdir(folder)).some((name) => name !== "raw" && name !== `${id}.zip` && !name.startsWith("."));
