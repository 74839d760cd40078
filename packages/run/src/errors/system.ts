import { AideError, messageOf } from "@aide-ts/plugin";

type Facts = Readonly<Record<string, string>>;

export const diskFull = (facts: Facts, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: "The disk is full.",
    fix: "Free some space, and run or resume again.",
    fault: "user",
    facts,
    cause,
  });

export const fileForbidden = (facts: Facts, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_FILE_FORBIDDEN",
    message: "A file or folder may not be read or written.",
    fix: "Check its permissions, or choose another place, as log_dir=… workspace_dir=….",
    fault: "user",
    facts,
    cause,
  });

export const packageMissing = (cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PACKAGE_MISSING",
    message: "A package that aide needs is not installed.",
    fix: "In a clone: npm run setup, after every pull. Elsewhere: npm install.",
    fault: "user",
    facts: { cause: messageOf(cause) },
    cause,
  });
