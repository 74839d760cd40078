import { AideError } from "@aide-ts/plugin";

const SHOWN_COMPLAINT = 200;
const SHOWN_LINES = 5;

/** What native code reported of the error that ended it: its first line about one, since the lines after it name the place in the code. */
const complaintIn = (lines: readonly string[]): string | undefined =>
  lines
    .find((line) => /\b(error|abort\w*|assert\w*)\b/i.test(line))
    ?.replace(/^error:\s*/i, "")
    .slice(0, SHOWN_COMPLAINT);

/** The failure of a child process that ended by `how`, a signal or an exit code, after it had written `stderr`. */
export const crashed = (model: string, how: string, stderr: string, cause?: unknown): AideError => {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const complaint = complaintIn(lines);
  return new AideError({
    code: "AIDE_BACKEND_CRASHED",
    message: `The process of the embedded model died (${how}${complaint === undefined ? "" : `: ${complaint}`}).`,
    fix:
      how === "SIGKILL"
        ? "The system may have run out of memory: lower the backend's contextTokens or sequences, or choose a smaller model."
        : "The next call starts it again; if it dies again, choose another model or another backend.",
    fault: "backend",
    facts: {
      model,
      ended: how,
      ...(lines.length === 0 ? {} : { "last words": lines.slice(-SHOWN_LINES).join("; ") }),
    },
    transient: true,
    cause,
  });
};

export const outOfTurn = (kind: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_FAILED",
    message: `The process of the embedded model answered out of turn (${kind}).`,
    fix: "Report this.",
    fault: "backend",
  });
