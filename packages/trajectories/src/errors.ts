import { AideError, messageOf } from "@aide-ts/plugin";

export const formatUnknown = (name: string, meant: string | undefined, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `There is no format "${name}"${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: `Name one of: ${known.join(", ")}.`,
    fault: "user",
  });

export const promptMissing = (folder: string, place: string): AideError =>
  new AideError({
    code: "AIDE_TRAJECTORY_PROMPT",
    message: `The log does not hold prompt and answer of the call ${place}.`,
    fix: "Leave this run out: without its prompts there is nothing to train on.",
    fault: "user",
    facts: { run: folder },
  });

export const besideRunUnreadable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_TRAJECTORY_FILE",
    message: "A file beside a run's log cannot be read.",
    fix: "Make grades.json anew with `aide grade`; restore cell.json from a copy.",
    fault: "user",
    facts: { file, cause: messageOf(cause) },
  });

export const nothingToExport = (what: string, because: string, runs: number, leftOut: string): AideError =>
  new AideError({
    code: "AIDE_TRAJECTORY_NONE",
    message: `There is no ${what} to export: ${because}.`,
    fix: "Name more or longer runs. Pairs come of strategies that answer a prompt several times, as best-of-n.",
    fault: "user",
    facts: { runs: String(runs), ...(leftOut === "" ? {} : { "left out": leftOut }) },
  });

export const outUnwritable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_EXPORT_UNWRITABLE",
    message: "What is exported cannot be written there.",
    fix: "Name another place with --out: a file for sft and dpo, a folder for atif.",
    fault: "user",
    facts: { path, cause: messageOf(cause) },
  });
