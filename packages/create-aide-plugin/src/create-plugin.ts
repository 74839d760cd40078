import { folderTaken } from "./errors.ts";
import type { PluginKind } from "./kinds.ts";
import type { PluginName } from "./names/plugin-name.ts";
import { isFree, writeFiles } from "./scaffold/folder.ts";
import { recordFile, recordText } from "./scaffold/record.ts";
import { scaffoldOf } from "./scaffold/scaffold.ts";

/**
 * Writes the package of a new plugin into a folder, which is made where it is not there.
 * @returns the paths of its files
 * @throws AIDE_FOLDER_TAKEN, AIDE_SCAFFOLD_UNWRITABLE
 */
export const createPlugin = async (folder: string, kind: PluginKind, name: PluginName): Promise<readonly string[]> => {
  if (!(await isFree(folder))) throw folderTaken(folder);
  const { files, record } = await scaffoldOf(kind, name);
  const all = new Map([...files, [recordFile, recordText(record)]]);
  await writeFiles(folder, all);
  return [...all.keys()];
};
