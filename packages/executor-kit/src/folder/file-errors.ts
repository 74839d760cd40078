import { AideError } from "@aide-ts/plugin";
import { diskFull, folderUnwritable } from "../errors.ts";

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
      return diskFull(folder, error);
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
      return folderUnwritable(folder, error);
    default:
      return error;
  }
};
