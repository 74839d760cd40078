import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { outUnwritable } from "../errors.ts";

/**
 * Writes at a place that the user may have named, the folders above it made.
 * @throws AIDE_EXPORT_UNWRITABLE; a full disk and what may not be written as the system says it, which the command line words wherever it comes from
 */
export const writeAt = async <T>(path: string, write: () => Promise<T>): Promise<T> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await write();
  } catch (cause) {
    throw isOfTheSystem(cause) ? cause : outUnwritable(path, cause);
  }
};

const isOfTheSystem = (cause: unknown): boolean =>
  cause instanceof Error &&
  "code" in cause &&
  ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"].some((code) => code === cause.code);
