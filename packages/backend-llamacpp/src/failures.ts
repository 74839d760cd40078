import type { AideError } from "@aide-ts/plugin";
import { crashed } from "./errors.ts";

const shownComplaint = 200;
const shownLines = 5;

/** What native code reported of the error that ended it: its first line about one, since the lines after it name the place in the code. */
const complaintIn = (lines: readonly string[]): string | undefined =>
  lines
    .find((line) => /\b(error|abort\w*|assert\w*)\b/i.test(line))
    ?.replace(/^error:\s*/i, "")
    .slice(0, shownComplaint);

/** The failure of a child process that ended by `how`, a signal or an exit code, after it had written `stderr`. */
export const crashFailure = (model: string, how: string, stderr: string, cause?: unknown): AideError => {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const complaint = complaintIn(lines);
  return crashed(model, how, complaint, lines.slice(-shownLines), cause);
};
