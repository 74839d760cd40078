import { AideError } from "@aide-ts/plugin";
import type { Problem } from "./answers.ts";

/** What is wrong with a file, in words: `file` is where, and the facts are the reader's. */
export const asError = ({ kind, facts }: Problem, file: string | undefined): AideError => {
  const { line = "", column = "", expected = "", found = "", other = "", cause = "", rows = "", wanted = "" } = facts;
  const path = facts["file"] ?? file ?? "A file";
  switch (kind) {
    case "mixed-encoding":
      return new AideError({
        code: "AIDE_FILE_ENCODING",
        message: `${path} is in two encodings: line ${other} is UTF-8, and line ${line} is not, from its byte ${column} on.`,
        fix: "Save the file anew, all of it in UTF-8.",
        fault: "user",
        facts: { file: path, line, column },
      });
    case "row-width":
      return new AideError({
        code: "AIDE_FILE_ROWS",
        message: `${path}: line ${line} has ${found} fields where ${expected} are expected.`,
        fix: "Correct that line: often a separator in a field without quotes, or a line that is no row.",
        fault: "user",
        facts: { file: path, line, column },
      });
    case "json-lines":
    case "unreadable":
      return new AideError({
        code: "AIDE_FILE_UNREADABLE",
        message: `${path} cannot be read as a table.`,
        fix: "Correct the file, or take it out of the data folder.",
        fault: "user",
        facts: { file: path, cause },
      });
    case "labels-misaligned":
      return new AideError({
        code: "AIDE_LABELS_MISALIGNED",
        message: `${path} holds ${rows} labels for ${wanted} training rows, and no column shows which belongs to which.`,
        fix: "Give both tables an id in common, or name the right file as roles.labels=….",
        fault: "user",
      });
  }
};
