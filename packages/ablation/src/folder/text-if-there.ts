import { readFileSync } from "node:fs";

/**
 * A file's text; nothing where there is none. At once: of the thousands of small files in an ablation, promises take several times as long as reading them, and
 * that many at a time are more than a process may hold open.
 */
export const textIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};
