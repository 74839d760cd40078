import { existsSync } from "node:fs";
import { join } from "node:path";
import { isFileSafe } from "@aide-ts/core";
import type { ExecutorHost } from "@aide-ts/plugin";

/** Where scripts find their data; it is laid out by `prepareTask`. */
export const inputFolderIn = (workspace: string): string => join(workspace, "input");

/** Where the final run finds its data, where that is not the user's own folder. */
export const finalFolderIn = (workspace: string): string => join(workspace, "final-input");

/** Where views of the data lie. */
export const viewsFolderIn = (workspace: string): string => join(workspace, "views");

/** Where a view of the data lies that scripts can be shown in place of the whole. */
export const viewFolderIn = (workspace: string, name: string): string => join(viewsFolderIn(workspace), name);

/** What an executor shows scripts of a workspace. A name that could lead out of it is no view's. */
export const dataFoldersIn = (workspace: string): Pick<ExecutorHost, "dataFolder" | "dataView"> => ({
  dataFolder: inputFolderIn(workspace),
  dataView: (name) => {
    const folder = viewFolderIn(workspace, name);
    return isFileSafe(name) && existsSync(folder) ? folder : undefined;
  },
});
