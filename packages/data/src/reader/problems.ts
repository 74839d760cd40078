import type { AideError } from "@aide-ts/plugin";
import type { Problem } from "./answers.ts";
import { encodingMixed, rowWidth, fileUnreadable, labelsMisaligned } from "../errors.ts";

/** What is wrong with a file, in words: `file` is where, and the facts are the reader's. */
export const asError = ({ kind, facts }: Problem, file: string | undefined): AideError => {
  const { line = "", column = "", expected = "", found = "", other = "", cause = "", rows = "", wanted = "" } = facts;
  const path = facts["file"] ?? file ?? "A file";
  switch (kind) {
    case "mixed-encoding":
      return encodingMixed(path, other, line, column);
    case "row-width":
      return rowWidth(path, line, column, found, expected);
    case "json-lines":
    case "unreadable":
      return fileUnreadable(path, cause);
    case "labels-misaligned":
      return labelsMisaligned(path, rows, wanted);
  }
};
