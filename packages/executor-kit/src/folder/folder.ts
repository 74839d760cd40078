import { constants } from "node:fs";
import { cp, lstat, mkdir, mkdtemp, readdir, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Script } from "@aide-ts/plugin";
import { checkFolder } from "./data.ts";
import { errorCode } from "./file-errors.ts";
import { removeTree } from "./remove-tree.ts";
import { scriptFile, writeFiles } from "./script-files.ts";

const idPattern = /^x\d{6,}$/;

export const isId = (id: string): boolean => idPattern.test(id);

export interface ExecutionFolder {
  readonly id: string;
  /** Without symbolic links: it marks the execution's processes. */
  readonly path: string;
}

/** Takes the next free number; the folder is made exclusively, so that two processes never share one. */
export const takeFolder = async (workspaceFolder: string): Promise<ExecutionFolder> => {
  await mkdir(workspaceFolder, { recursive: true });
  const root = await realpath(workspaceFolder);
  const taken = (await readdir(root)).filter(isId).map((id) => Number(id.slice(1)));
  for (let number = taken.reduce((most, one) => Math.max(most, one), 0) + 1; ; number++) {
    const id = `x${String(number).padStart(6, "0")}`;
    try {
      await mkdir(join(root, id));
      return { id, path: join(root, id) };
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
};

const copyData = async (dataFolder: string, into: string): Promise<void> => {
  await checkFolder(dataFolder);
  // Links are followed: through one, a script could write to the original.
  await cp(dataFolder, into, { recursive: true, mode: constants.COPYFILE_FICLONE, dereference: true });
};

/** Fills the folder with the script, its files, a copy of the data, and empty `working` and `submission`. */
export const fillFolder = async (folder: ExecutionFolder, script: Script, dataFolder: string): Promise<void> => {
  const { path } = folder;
  await Promise.all(["working", "submission", ".home"].map((name) => mkdir(join(path, name))));
  await writeFile(join(path, scriptFile), script.code);
  await writeFiles(path, script.files ?? {});
  await copyData(dataFolder, join(path, "input"));
};

/** Sockets of `multiprocessing` lie in TMPDIR, and a socket's path may have about 100 bytes. */
const longestFolder = 60;

export const makeTemporaryFolder = async (folder: ExecutionFolder): Promise<string> => {
  if (Buffer.byteLength(folder.path) > longestFolder) return mkdtemp(join(tmpdir(), "aide-"));
  const path = join(folder.path, ".tmp");
  await mkdir(path);
  return path;
};

const emptyWorking = async (working: string): Promise<void> => {
  const isFolder = await lstat(working).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return removeTree(working);
  for (const name of await readdir(working)) if (name !== "submission.csv") await removeTree(join(working, name));
};

/** Removes what no one reads after the run: the copy of the data first of all. */
export const clearFolder = async (path: string, options: { readonly keepWorking: boolean }): Promise<void> => {
  for (const name of ["input", ".home", ".tmp"]) await removeTree(join(path, name));
  if (!options.keepWorking) await emptyWorking(join(path, "working"));
};
