import { AideError, messageOf } from "@aide-ts/plugin";

type Facts = Readonly<Record<string, string>>;

export const runFolderFull = (folder: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: "The disk is full.",
    fix: "Free some space.",
    fault: "user",
    facts: { folder, cause: messageOf(cause) },
  });

export const folderUnwritable = (folder: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_FOLDER_UNWRITABLE",
    message: "The run's folder cannot be written.",
    fix: "Choose another place, as log_dir=… workspace_dir=….",
    fault: "user",
    facts: { folder, cause: messageOf(cause) },
  });

export const noRuns = (base: string): AideError =>
  new AideError({
    code: "AIDE_RUN_NOT_FOUND",
    message: "There are no runs here yet.",
    fix: "Start one: aide data_dir=… goal=…",
    fault: "user",
    facts: { "looked in": base },
  });

export const noRunsBelow = (folder: string): AideError =>
  new AideError({
    code: "AIDE_RUN_NOT_FOUND",
    message: "The folder is no run, and there is none below it.",
    fix: "Name a run's folder with its run.json, or a folder of runs such as logs or ablations/<name>.",
    fault: "user",
    facts: { "looked in": folder },
  });

export const runNotFound = (name: string, base: string, runs: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_RUN_NOT_FOUND",
    message: `There is no run "${name}".`,
    fix: runs.length === 0 ? "Start one: aide data_dir=… goal=…" : `Name one of: ${runs.slice(-8).join(", ")}.`,
    fault: "user",
    facts: { "looked in": base },
  });

const waitOrEnd = (owner: { readonly pid: number; readonly host: string } | undefined, here: string): string => {
  if (owner === undefined) return "Wait for it.";
  if (owner.host === here) return `Wait for it, or end it: kill ${owner.pid}`;
  return `Wait for it, or end process ${owner.pid} on ${owner.host}.`;
};

export const runLocked = (
  logs: string,
  owner: { readonly pid: number; readonly host: string } | undefined,
  here: string,
): AideError =>
  new AideError({
    code: "AIDE_RUN_LOCKED",
    message: "Another process is working on this run.",
    fix: waitOrEnd(owner, here),
    fault: "user",
    facts: { run: logs },
  });

export const runUnreadable = (logs: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_RUN_UNREADABLE",
    message: "This folder holds no run that could be read.",
    fix: "`aide runs` lists the runs; one that was stopped before it began must be started anew.",
    fault: "user",
    facts: { folder: logs },
    cause,
  });

/** Of a replay, or of a run whose open work is to be discarded. */
export const runDiverged = (cause: unknown, facts: Facts, discards: boolean): AideError =>
  new AideError({
    code: "AIDE_RUN_DIVERGED",
    message: messageOf(cause),
    fix: discards
      ? "More than open work differs: start a new run, or restore what run.json names."
      : "Restore what was changed since the run: prompts, strategies, their options, or the code of aide.",
    fault: "user",
    facts,
    cause,
  });

/** Lines of what differs in another setup that are shown. */
const mostShown = 12;

export const runChanged = (logs: string, versions: string, differed: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_RUN_CHANGED",
    message:
      "The run was begun with another setup: its prompts, model, packages or settings differ from what is here now.",
    fix: "Restore what differs, or start a new run. Where nothing that was completed depends on it: aide resume --discard-open.",
    fault: "user",
    facts: {
      run: logs,
      versions,
      ...Object.fromEntries(differed.slice(0, mostShown).map((line, at) => [`differs ${at + 1}`, line])),
      ...(differed.length > mostShown ? { "and more": String(differed.length - mostShown) } : {}),
    },
  });

export const secretMissing = (keys: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_SECRET_MISSING",
    message: `The run's record keeps no secrets, and ${keys.join(", ")} ${keys.length === 1 ? "was one" : "were some"} of them.`,
    fix: `Give ${keys.length === 1 ? "it" : "them"} again, as aide resume … ${keys.map((key) => `${key}=…`).join(" ")}.`,
    fault: "user",
  });

export const placeUnknown = (place: string, near: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PLACE_UNKNOWN",
    message: `The run's log holds no call at "${place}".`,
    fix: `Name one of its calls: ${near.slice(0, 20).join(", ")}.`,
    fault: "user",
  });
