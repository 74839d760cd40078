import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileUnwritable } from "../errors.ts";
import type { Files } from "./templates.ts";

/** @throws AIDE_SCAFFOLD_UNWRITABLE */
export const writeFiles = async (folder: string, files: Files): Promise<void> => {
  for (const [path, text] of files) {
    const file = join(folder, path);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    } catch (cause) {
      throw fileUnwritable(file, cause);
    }
  }
};
