import { AideError } from "@aide-ts/plugin";

/** What the operating system or the module loader refuses, as an error that says what to do; `undefined` for any other. */
export const asSystemError = (error: unknown): AideError | undefined => {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  const facts = "path" in error && typeof error.path === "string" ? { path: error.path } : {};
  switch (error.code) {
    case "ENOSPC":
    case "EDQUOT":
      return new AideError({
        code: "AIDE_DISK_FULL",
        message: "The disk is full.",
        fix: "Free some space, and run or resume again.",
        fault: "user",
        facts,
        cause: error,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new AideError({
        code: "AIDE_FILE_FORBIDDEN",
        message: "A file or folder may not be read or written.",
        fix: "Check its permissions, or choose another place, as log_dir=… workspace_dir=….",
        fault: "user",
        facts,
        cause: error,
      });
    case "ERR_MODULE_NOT_FOUND":
      return new AideError({
        code: "AIDE_PACKAGE_MISSING",
        message: "A package that aide needs is not installed.",
        fix: "In a clone: npm run setup, after every pull. Elsewhere: npm install.",
        fault: "user",
        facts: { cause: "message" in error ? String(error.message) : "" },
        cause: error,
      });
    default:
      return undefined;
  }
};
