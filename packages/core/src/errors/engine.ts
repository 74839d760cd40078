import { AideError } from "@aide-ts/plugin";

export const workCopied = (name: string): AideError =>
  new AideError({
    code: "AIDE_WORK_COPIED",
    message: `What surrounds "${name}" passed on a copy of its work: the calls in it would have no place of their own.`,
    fix: "Pass on the work itself, a branch of fanOut, or work.with({ … }); never spread or wrap a work.",
    fault: "plugin",
  });

export const searchStuck = (): AideError =>
  new AideError({
    code: "AIDE_SEARCH_STUCK",
    message: "The search waits, but nothing is under way.",
    fix: "Report it to the author of the search plugin: `wait` is only allowed while a proposal is pending.",
    fault: "plugin",
  });

export const executionIdUnsafe = (id: string): AideError =>
  new AideError({
    code: "AIDE_EXECUTION_ID",
    message: `The executor called an execution ${JSON.stringify(id)}.`,
    fix: "Report it to the plugin's author: an id names files, so it is made of letters, digits, `.`, `_` and `-`, and does not begin with a dot.",
    fault: "plugin",
  });

export const callTooLate = (): AideError =>
  new AideError({
    code: "AIDE_CALL_TOO_LATE",
    message: "A strategy made a call after its proposal had ended.",
    fix: "Report it to the plugin's author: every call must be awaited before the strategy returns.",
    fault: "plugin",
  });

export const stopSwallowed = (calls: number): AideError =>
  new AideError({
    code: "AIDE_STOP_SWALLOWED",
    message: `A strategy went on asking after ${calls} of its calls were stopped.`,
    fix: "Report it to the plugin's author: where isStop(error), the error must be thrown on.",
    fault: "plugin",
  });

export const dataViewRefused = (plugin: string): AideError =>
  new AideError({
    code: "AIDE_DATA_VIEW_REFUSED",
    message: `${plugin} chose a view of the data for a script.`,
    fix: "Leave `data` out of the script: a view may hold labels that no prompt may show, so evaluators alone choose one.",
    fault: "plugin",
  });

export const eventsDamaged = (file: string, line: number): AideError =>
  new AideError({
    code: "AIDE_EVENTS_DAMAGED",
    message: `Line ${line} of the event log is not an event.`,
    fix: "Restore the file from a copy, or cut it off before that line to go on from there.",
    fault: "user",
    facts: { file },
  });

export const diskFull = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: "The disk is full: the event log cannot grow.",
    fix: "Free some space, then resume the run: nothing is lost.",
    fault: "user",
    facts: { file },
    cause,
  });

export const logUnwritable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_LOG_UNWRITABLE",
    message: "The event log cannot be written.",
    fix: "Make the folder writable, then resume the run.",
    fault: "user",
    facts: { file },
    cause,
  });

export const promptUnknown = (name: string, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PROMPT_UNKNOWN",
    message: `There is no prompt "${name}".`,
    fix: `Use one of: ${known.join(", ")}.`,
    fault: "plugin",
  });

export const promptSlotUnknown = (prompt: string, slot: string, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PROMPT_SLOT",
    message: `Prompt "${prompt}" asks for {{${slot}}}, which it is not given.`,
    fix: `Use one of: ${known.join(", ")}.`,
    fault: "user",
  });

export const serviceMissing = (name: string): AideError =>
  new AideError({
    code: "AIDE_SERVICE_MISSING",
    message: `No service is registered for ${name}.`,
    fix: "Report this as a bug of aide.",
    fault: "internal",
  });
