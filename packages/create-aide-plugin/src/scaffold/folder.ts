import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileUnwritable } from "../errors.ts";
import type { Files } from "./templates.ts";

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;

/** Whether a plugin may be written there: an empty repository is as good as an empty folder, and as none. */
export const isFree = async (folder: string): Promise<boolean> => {
  try {
    return (await readdir(folder)).every((entry) => entry === ".git");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return true;
    throw fileUnwritable(folder, cause);
  }
};

/** Those of these files that are there. */
export const filesThere = async (folder: string, paths: Iterable<string>): Promise<Files> => {
  const found = new Map<string, string>();
  for (const path of paths) {
    const text = await readFile(join(folder, path), "utf8").catch((cause: unknown) => {
      if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return undefined;
      throw fileUnwritable(join(folder, path), cause);
    });
    if (text !== undefined) found.set(path, text);
  }
  return found;
};

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
