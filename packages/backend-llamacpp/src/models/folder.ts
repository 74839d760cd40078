import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogueModel } from "./catalogue.ts";

/** Where the files of one model lie. Everything but `file` belongs to a download that is not finished. */
export interface ModelFiles {
  readonly folder: string;
  readonly file: string;
  /** Says that `file` had the right checksum, and which size and time it had then. */
  readonly marker: string;
  readonly partial: string;
  readonly wheels: string;
  readonly lock: string;
}

export const filesOf = (model: Pick<CatalogueModel, "file">, cacheFolder: string): ModelFiles => {
  const folder = join(cacheFolder, "models");
  const at = (suffix: string) => join(folder, `${model.file}${suffix}`);
  return {
    folder,
    file: at(""),
    marker: at(".verified.json"),
    partial: at(".partial"),
    wheels: at(".wheels"),
    lock: at(".lock"),
  };
};

/** Size of a file in bytes; `undefined` when there is none. */
export const sizeOf = async (path: string): Promise<number | undefined> => {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
};
