import { AideError, messageOf } from "@aide-ts/plugin";

export const taskFileUnreadable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_TASK_UNREADABLE",
    message: `${path} cannot be read.`,
    fix: "Name a folder that holds a task.yaml, public/ and private/.",
    fault: "user",
    facts: { cause: messageOf(cause) },
  });

export const taskFileInvalid = (path: string, problems: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_TASK_INVALID",
    message: `${path} is no description of a task: ${problems.join("; ")}.`,
    fix: "It needs title, kind, goal, eval, metric and target; id, direction, positive, licence and origin may stand in it.",
    fault: "user",
  });

export const taskUnknown = (wanted: string, folder: string, meant: string | undefined): AideError =>
  new AideError({
    code: "AIDE_TASK_UNKNOWN",
    message: `There is no task "${wanted}"${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: "See `aide tasks list`, or name a folder that holds a task.yaml.",
    fault: "user",
    facts: { "looked for": folder },
  });

export const taskNotOfSuite = (wanted: string, suite: string, meant: string | undefined): AideError =>
  new AideError({
    code: "AIDE_TASK_UNKNOWN",
    message: `${suite} has no task "${wanted}"${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: "See `aide tasks list`.",
    fault: "user",
  });

export const taskAmbiguous = (wanted: string, candidates: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_TASK_AMBIGUOUS",
    message: `Several suites have a task "${wanted}": ${candidates.join(", ")}.`,
    fix: `Name the suite too, as task=${candidates[0] ?? "suite/task"}.`,
    fault: "user",
  });

export const taskNotPrepared = (wanted: string, suite: string): AideError =>
  new AideError({
    code: "AIDE_TASK_NOT_PREPARED",
    message: `The task "${wanted}" has not been prepared on this machine.`,
    fix: `aide tasks prepare ${suite}`,
    fault: "user",
  });

export const taskChecksum = (task: string, wanted: string, found: string): AideError =>
  new AideError({
    code: "AIDE_TASK_CHECKSUM",
    message: `The task ${task} was not made as its suite says: its files have another checksum.`,
    fix: "Take the versions of Python packages that the suite asks for; report it if they are those.",
    fault: "internal",
    facts: { wanted, found },
  });

export const taskPartMissing = (task: string, folder: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_TASK_UNREADABLE",
    message: `The task ${task} lacks a part that can be read.`,
    fix: "A task's folder holds public/ with what a run sees and private/ with answers.csv.",
    fault: "user",
    facts: { folder, cause: messageOf(cause) },
  });

export const sealMissing = (task: string, suite: string): AideError =>
  new AideError({
    code: "AIDE_SEAL_MISSING",
    message: `The task ${task} is sealed, and no setup has been frozen for it.`,
    fix: `\`aide tasks seal ${suite}\` freezes prompts, defaults and options as they are now; --unseal runs it as an exploration.`,
    fault: "user",
  });

export const sealBroken = (task: string, changed: string, sealed: string): AideError =>
  new AideError({
    code: "AIDE_SEAL_BROKEN",
    message: `The task ${task} is sealed, and this is not the setup that was frozen on ${sealed.slice(0, 10)}: ${changed}.`,
    fix: "Take the frozen setup, or --unseal: reports of the run then say that it was exploratory.",
    fault: "user",
  });

export const sealUnreadable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SEAL_UNREADABLE",
    message: `${path} cannot be read.`,
    fix: "Restore it, or delete it and freeze the setup anew with `aide tasks seal`.",
    fault: "user",
    facts: { cause: messageOf(cause) },
  });

export const mleBenchRootMissing = (root: string, id: string): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_ROOT",
    message: `There is no data root of MLE-bench at ${root}.`,
    fix: `Prepare the competition with \`mlebench prepare -c ${id}\`, or name the folder given to its --data-dir.`,
    fault: "user",
  });

export const mleBenchUnknown = (id: string, root: string, meant: string | undefined): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_UNKNOWN",
    message: `There is no competition "${id}"${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: "Name a competition by its id, as spooky-author-identification.",
    fault: "user",
    facts: { "looked for": `${id} in ${root}` },
  });

export const mleBenchNotPrepared = (id: string, missing: string): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_NOT_PREPARED",
    message: `The competition ${id} has not been prepared by MLE-bench.`,
    fix: `mlebench prepare -c ${id}`,
    fault: "user",
    facts: { missing },
  });

export const mleBenchAsKaggleGives = (id: string, folder: string): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_NOT_PREPARED",
    message: `${folder} holds the data of ${id} as Kaggle gives them: no answers are there to grade by.`,
    fix: `Run them ungraded with data_dir=${folder}, or make a test set with answers: mlebench prepare -c ${id}`,
    fault: "user",
  });
