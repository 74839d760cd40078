import { chmod, lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "./file-errors.ts";

const makeRemovable = async (path: string): Promise<void> => {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  for (const name of await readdir(path)) await makeRemovable(join(path, name));
};

/** Removes a file or folder, also one that a script left without permissions. Absent is fine. */
export const removeTree = async (path: string): Promise<void> => {
  const gone = { recursive: true, force: true, maxRetries: 3 } as const;
  try {
    await rm(path, gone);
  } catch (error) {
    if (errorCode(error) !== "EACCES" && errorCode(error) !== "EPERM") throw error;
    await makeRemovable(path);
    await rm(path, gone);
  }
};
