import { access, constants, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { RunHost } from "../host/run-host.ts";
import { dataEmpty, dataMissing, dataUnreadable } from "../errors/task.ts";

/**
 * The folder that `data_dir` names: from the working folder, or one of the host's examples.
 * @throws AIDE_DATA_MISSING, AIDE_DATA_EMPTY, AIDE_DATA_UNREADABLE
 */
export const findDataFolder = async (
  dataDir: string,
  { cwd, examples }: Pick<RunHost, "cwd" | "examples">,
): Promise<string> => {
  const folder = resolve(cwd, dataDir);
  const shipped =
    examples !== undefined && dataDir.startsWith("example_tasks/")
      ? join(examples, dataDir.slice("example_tasks/".length))
      : undefined;
  for (const candidate of [folder, shipped]) {
    if (candidate !== undefined && (await isFolder(candidate))) return checked(candidate);
  }
  throw dataMissing(dataDir, shipped === undefined ? [folder] : [folder, shipped]);
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

const checked = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length === 0) throw dataEmpty(folder);
  for (const file of files.slice(0, 1000)) {
    const path = join(file.parentPath, file.name);
    await access(path, constants.R_OK).catch(() => {
      throw dataUnreadable(path);
    });
  }
  return folder;
};
