import { constants } from "node:fs";
import { lstat, open, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { AideError, type Execution } from "@aide-ts/plugin";
import { isId } from "./folder.ts";
import { artifactNotFound } from "../errors.ts";

const most = 200;

const walk = async (root: string, from: string, found: string[]): Promise<void> => {
  const entries = await readdir(join(root, from), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (found.length >= most) return;
    // A name that is not UTF-8 cannot be asked for again.
    if (entry.name.includes("\uFFFD")) continue;
    const path = `${from}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, found);
    else if (entry.isFile()) found.push(path);
  }
};

/** Regular files in `submission` and `working`, by relative path, at most 200. Links are left out: they may lead anywhere. */
export const listArtifacts = async (folder: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const name of ["submission", "working"]) {
    const isFolder = await lstat(join(folder, name)).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (isFolder) await walk(folder, name, found);
  }
  return found;
};

/** @throws AideError `AIDE_ARTIFACT_NOT_FOUND` for what is not listed, is gone, or leads out of the execution's folder. */
export const readArtifact = async (workspace: string, execution: Execution, path: string): Promise<Uint8Array> => {
  const parts = path.split("/");
  const isPlain =
    (parts[0] === "submission" || parts[0] === "working") &&
    parts.length > 1 &&
    !parts.some((part) => part === ".." || part === "");
  if (!isId(execution.id) || !isPlain || !execution.artifacts.includes(path)) throw artifactNotFound(execution, path);
  const folder = join(workspace, execution.id);
  const full = join(folder, path);
  try {
    if ((await realpath(full)) !== join(await realpath(folder), path)) throw artifactNotFound(execution, path);
    const file = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw AideError.is(error) ? error : artifactNotFound(execution, path, error);
  }
};
