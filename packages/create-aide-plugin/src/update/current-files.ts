import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../error-code.ts";
import { fileUnwritable } from "../errors.ts";
import type { Files } from "../scaffold/templates.ts";

/** Those of these files that are there. */
export const currentFiles = async (folder: string, paths: Iterable<string>): Promise<Files> => {
  const found = new Map<string, string>();
  for (const path of paths) {
    const text = await readFile(join(folder, path), "utf8").catch((cause: unknown) => {
      if (errorCode(cause) === "ENOENT" || errorCode(cause) === "ENOTDIR") return undefined;
      throw fileUnwritable(join(folder, path), cause);
    });
    if (text !== undefined) found.set(path, text);
  }
  return found;
};
