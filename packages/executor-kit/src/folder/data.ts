import { stat } from "node:fs/promises";
import type { ExecutorHost } from "@aide-ts/plugin";
import { dataNotFound, dataViewUnknown } from "../errors.ts";

/** Where the task's data lie, and its views. */
export type DataFolders = Pick<ExecutorHost, "dataFolder" | "dataView">;

/**
 * The folder that becomes a script's `./input`.
 * @param view the name of a view of the data; without one, what all scripts see
 * @throws AideError `AIDE_DATA_VIEW_UNKNOWN`
 */
export const folderOf = ({ dataFolder, dataView }: DataFolders, view: string | undefined): string => {
  if (view === undefined) return dataFolder;
  const folder = dataView(view);
  if (folder !== undefined) return folder;
  throw dataViewUnknown(view);
};

/** @throws AideError `AIDE_DATA_NOT_FOUND` */
export const checkFolder = async (folder: string): Promise<void> => {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw dataNotFound(folder);
};
