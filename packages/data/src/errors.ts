import { AideError } from "@aide-ts/plugin";
import type { Finding } from "./reader/answers.ts";

export const archiveRefused = (archive: string, why: string): AideError =>
  new AideError({
    code: "AIDE_ARCHIVE_REFUSED",
    message: `The archive was not unpacked: ${why}.`,
    fix: "Unpack it yourself and take it out of the data folder, or set preprocess_data=false.",
    fault: "user",
    facts: { archive },
  });

export const labelLeak = ({ path, column, target, rows, agreed, by }: Finding): AideError =>
  new AideError({
    code: "AIDE_LABEL_LEAK",
    message: `${path} reveals held-back labels: its column "${column}" agrees with ${target} on ${agreed} of ${rows} rows.`,
    fix: `Take it out (leaks.drop=["${column}"]), or, where it is known for rows to predict as well, keep it: leaks.allow=["${column}"].`,
    fault: "user",
    facts: { file: path, column, "found by": by },
  });

export const readerFailed = (request: string, trace: string): AideError =>
  new AideError({
    code: "AIDE_DATA_READER",
    message: `Reading the data failed (${request}): ${trace.trim().split("\n").at(-1) ?? ""}`,
    fix: "This is a bug of aide: please report it with the lines below. Until then, take the file out of the folder that they name.",
    fault: "internal",
    facts: { trace },
  });

export const encodingMixed = (path: string, other: string, line: string, column: string): AideError =>
  new AideError({
    code: "AIDE_FILE_ENCODING",
    message: `${path} is in two encodings: line ${other} is UTF-8, and line ${line} is not, from its byte ${column} on.`,
    fix: "Save the file anew, all of it in UTF-8.",
    fault: "user",
    facts: { file: path, line, column },
  });

export const rowWidth = (path: string, line: string, column: string, found: string, expected: string): AideError =>
  new AideError({
    code: "AIDE_FILE_ROWS",
    message: `${path}: line ${line} has ${found} fields where ${expected} are expected.`,
    fix: "Correct that line: often a separator in a field without quotes, or a line that is no row.",
    fault: "user",
    facts: { file: path, line, column },
  });

export const fileUnreadable = (path: string, cause: string): AideError =>
  new AideError({
    code: "AIDE_FILE_UNREADABLE",
    message: `${path} cannot be read as a table.`,
    fix: "Correct the file, or take it out of the data folder.",
    fault: "user",
    facts: { file: path, cause },
  });

export const labelsMisaligned = (path: string, rows: string, wanted: string): AideError =>
  new AideError({
    code: "AIDE_LABELS_MISALIGNED",
    message: `${path} holds ${rows} labels for ${wanted} training rows, and no column shows which belongs to which.`,
    fix: "Give both tables an id in common, or name the right file as roles.labels=….",
    fault: "user",
  });

export const roleUnknown = (role: string, path: string, tables: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ROLE_UNKNOWN",
    message: `roles.${role} names "${path}", and no table of the data folder is called so.`,
    fix: tables.length === 0 ? "The folder holds no table." : `Name one of: ${tables.slice(0, 12).join(", ")}.`,
    fault: "user",
  });

export const idUnknown = (name: string, columns: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ID_UNKNOWN",
    message: `No table of the data has the column "${name}", which id names.`,
    fix: `Name one of: ${columns.slice(0, 12).join(", ")}.`,
    fault: "user",
  });

export const targetUnknown = (name: string, table: string, columns: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_TARGET_UNKNOWN",
    message: `${table} has no column "${name}", which target names.`,
    fix: `Name one of: ${columns.slice(0, 20).join(", ")}.`,
    fault: "user",
  });
