import { AideError, messageOf } from "@aide-ts/plugin";

export const descriptionUnreadable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_DESCRIPTION_UNREADABLE",
    message: "The task's description could not be read.",
    fix: "Check desc_file, or give goal and eval.",
    fault: "user",
    facts: { file, cause: messageOf(cause) },
  });

export const noGoal = (): AideError =>
  new AideError({
    code: "AIDE_NO_GOAL",
    message: "Nothing says what to predict.",
    fix: 'Give goal="…" (and eval="…"), or desc_file=task.txt.',
    fault: "user",
  });

export const dataMissing = (dataDir: string, tried: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_DATA_MISSING",
    message: `There is no folder ${dataDir}.`,
    fix: "Name the folder that holds the task's data, as data_dir=example_tasks/house_prices.",
    fault: "user",
    facts: { "looked for": tried.join(", ") },
  });

export const metricFileUnreadable = (named: string, file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_METRIC_FILE",
    message: `The metric's file ${named} cannot be read.`,
    fix: "Check the path in metric=….",
    fault: "user",
    facts: { file, cause: messageOf(cause) },
  });

export const promptUnreadable = (name: string, file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PROMPT_UNREADABLE",
    message: `The file for prompt "${name}" could not be read.`,
    fix: "Check the path under prompts.",
    fault: "user",
    facts: { file, cause: messageOf(cause) },
  });

export const targetUnclear = (table: string, why: string, candidates: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_TARGET_UNCLEAR",
    message: `Nothing tells which column of ${table} is to be predicted: ${why}.`,
    fix: `Name it, as target=${candidates.at(-1) ?? "…"}. It has ${candidates.slice(0, 20).join(", ")}${candidates.length > 20 ? ", …" : ""}.`,
    fault: "user",
    facts: { "or go on": "--yes trusts the score that scripts print of themselves" },
  });

export const nothingHeldBack = (why: string): AideError =>
  new AideError({
    code: "AIDE_NOTHING_HELD_BACK",
    message: `No row can be held back to score scripts on: ${why}.`,
    fix: "Name the files, as roles.train=data.csv, or go on with the score that scripts print of themselves: --yes, or holdout.required=false.",
    fault: "user",
  });

export const tooFewHeldBack = (labelled: number): AideError =>
  new AideError({
    code: "AIDE_NOTHING_HELD_BACK",
    message: `${labelled} labelled rows are too few to hold any back to score scripts on.`,
    fix: "Go on with the score that scripts print of themselves: --yes, or holdout.required=false.",
    fault: "user",
  });

export const rehearsalFailed = (bare: string, problem: string): AideError =>
  new AideError({
    code: "AIDE_REHEARSAL_FAILED",
    message: `A constant prediction does not get through this task: ${bare}`,
    fix: "See what `aide inspect` finds in the data, and correct it with roles, target, id or metric; rehearse=false leaves this out.",
    fault: "user",
    ...(problem === bare ? {} : { facts: { "with features": problem } }),
  });

export const dataEmpty = (path: string): AideError =>
  new AideError({
    code: "AIDE_DATA_EMPTY",
    message: "The data folder holds no files.",
    fix: "Put the task's data into it.",
    fault: "user",
    facts: { path },
  });

export const dataUnreadable = (path: string): AideError =>
  new AideError({
    code: "AIDE_DATA_UNREADABLE",
    message: "A data file cannot be read.",
    fix: `chmod +r ${path}`,
    fault: "user",
    facts: { path },
  });

export const taskFixed = (key: string, task: string): AideError =>
  new AideError({
    code: "AIDE_TASK_FIXED",
    message: `${key} is given beside the task ${task}, which fixes it.`,
    fix: `Leave ${key} out, or name the data with data_dir in place of the task.`,
    fault: "user",
  });

export const tasksUnknown = (): AideError =>
  new AideError({
    code: "AIDE_TASK_UNKNOWN",
    message: "This program knows no tasks by name.",
    fix: "Name the data with data_dir, and give goal and eval.",
    fault: "user",
  });
