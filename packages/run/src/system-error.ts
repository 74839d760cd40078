import type { AideError } from "@aide-ts/plugin";
import { diskFull, fileForbidden, packageMissing } from "./errors/system.ts";

/** What the operating system or the module loader refuses, as an error that says what to do; `undefined` for any other. */
export const asSystemError = (error: unknown): AideError | undefined => {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  const facts = "path" in error && typeof error.path === "string" ? { path: error.path } : {};
  switch (error.code) {
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(facts, error);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return fileForbidden(facts, error);
    case "ERR_MODULE_NOT_FOUND":
      return packageMissing(error);
    default:
      return undefined;
  }
};
