import { AideError, type Execution } from "@aide-ts/plugin";

export const artifactNotFound = (
  execution: Pick<Execution, "id" | "artifacts">,
  path: string,
  cause?: unknown,
): AideError =>
  new AideError({
    code: "AIDE_ARTIFACT_NOT_FOUND",
    message: `Execution ${execution.id} has no artifact ${JSON.stringify(path)}.`,
    fix:
      execution.artifacts.length === 0
        ? "It left no files."
        : `Ask for one of: ${execution.artifacts.slice(0, 10).join(", ")}.`,
    fault: "plugin",
    cause,
  });

export const dataViewUnknown = (view: string): AideError =>
  new AideError({
    code: "AIDE_DATA_VIEW_UNKNOWN",
    message: `There is no view of the data called ${JSON.stringify(view)}.`,
    fix: "Prepare it before a script names it.",
    fault: "plugin",
  });

export const dataNotFound = (folder: string): AideError =>
  new AideError({
    code: "AIDE_DATA_NOT_FOUND",
    message: "The task's data folder does not exist.",
    fix: "Check the path in data_dir.",
    fault: "user",
    facts: { folder },
  });

export const diskFull = (folder: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: "The disk is full.",
    fix: "Free some space, or choose a folder on another disk, and run the same command again.",
    fault: "user",
    facts: { folder },
    cause,
  });

export const folderUnwritable = (folder: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_FOLDER_UNWRITABLE",
    message: `Cannot write to ${folder}.`,
    fix: "Choose a folder that you may write to.",
    fault: "user",
    facts: { folder },
    cause,
  });

export const scriptFileRefused = (path: string, reserved: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_SCRIPT_FILE",
    message: `A script's file cannot be called ${JSON.stringify(path)}.`,
    fix: `Use a relative path without "..", outside ${reserved.join(", ")}.`,
    fault: "plugin",
  });

export const processLimit = (cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PROCESS_LIMIT",
    message: "The system cannot start another process now.",
    fix: "Run fewer things at once, or raise the limits (ulimit -u, ulimit -n).",
    fault: "user",
    transient: true,
    cause,
  });

export const pythonNotFound = (python: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PYTHON_NOT_FOUND",
    message: "Python could not be started.",
    fix: "Delete the folder of the Python environment and run again: it is then installed anew.",
    fault: "user",
    facts: { python },
    cause,
  });

export const programEnded = (python: string, words: string): AideError =>
  new AideError({
    code: "AIDE_PROGRAM_ENDED",
    message: "The program that reads the data ended before it answered.",
    fix: "Where its last words speak of memory, give the machine more, or the task fewer rows. Else delete the folder of the Python environment and run again.",
    fault: "user",
    facts: { python, "last words": words.trim().slice(-2000) },
  });

export const executorClosed = (): AideError =>
  new AideError({
    code: "AIDE_EXECUTOR_CLOSED",
    message: "The executor was closed.",
    fix: "Run scripts before the run ends.",
    fault: "internal",
  });

export const pythonBroken = (python: string, output: string): AideError =>
  new AideError({
    code: "AIDE_PYTHON_BROKEN",
    message: "Python starts but cannot run aide's runner.",
    fix: "Delete the folder of the Python environment and run again: it is then installed anew.",
    fault: "user",
    facts: { python, output: output.slice(-2000) },
  });
