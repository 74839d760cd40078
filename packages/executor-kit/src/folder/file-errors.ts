import { AideError } from "@aide-ts/plugin";

export const errorCode = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

/** What the file system says about a folder that we must write to, as an error that says what to do. */
export const asFolderError = (error: unknown, folder: string): unknown => {
  if (AideError.is(error)) return error;
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new AideError({
        code: "AIDE_DISK_FULL",
        message: "The disk is full.",
        fix: "Free some space, or choose a folder on another disk, and run the same command again.",
        fault: "user",
        facts: { folder },
        cause: error,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
      return new AideError({
        code: "AIDE_FOLDER_UNWRITABLE",
        message: `Cannot write to ${folder}.`,
        fix: "Choose a folder that you may write to.",
        fault: "user",
        facts: { folder },
        cause: error,
      });
    default:
      return error;
  }
};
