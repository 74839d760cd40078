import { AideError, messageOf } from "@aide-ts/plugin";

export const tasksDiffer = (first: string, other: string): AideError =>
  new AideError({
    code: "AIDE_POOL_TASKS",
    message: "The runs do not work on one task: goal, metric or direction differ.",
    fix: "Freeze the runs of each task into a pool of its own.",
    fault: "user",
    facts: { runs: `${first}, ${other}` },
  });

export const poolEmpty = (): AideError =>
  new AideError({
    code: "AIDE_POOL_EMPTY",
    message: "The runs have no solutions.",
    fix: "Name runs that have come further: `aide runs` lists them.",
    fault: "user",
  });

export const poolPoor = (name: string): AideError =>
  new AideError({
    code: "AIDE_POOL_POOR",
    message: `The pool "${name}" holds no draft, or no valid solution: nothing can be compared on it.`,
    fix: "Freeze more or longer runs of the task.",
    fault: "user",
  });

export const poolUnreadable = (file: string, problem: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_POOL_UNREADABLE",
    message: "The file holds no pool that could be read.",
    fix: "Freeze one: aide pool freeze <run> --out pool.json",
    fault: "user",
    facts: { file, problem },
    cause,
  });

export const modelAsked = (): AideError =>
  new AideError({
    code: "AIDE_POOL_MODEL",
    message: "A strategy asks a model, and a replay has none.",
    fix: "Replay strategies that choose among what the coder writes, or none: strategies=[]",
    fault: "user",
  });

export const pythonAbsent = (): AideError =>
  new AideError({
    code: "AIDE_PYTHON_ABSENT",
    message: "A pool is replayed without Python.",
    fix: "Read data in a run.",
    fault: "internal",
  });

export const scriptRun = (): AideError =>
  new AideError({
    code: "AIDE_POOL_CODE",
    message: "A strategy runs a script of its own: what becomes of it is not recorded.",
    fix: "Replay strategies that choose among what the coder writes, or none: strategies=[]",
    fault: "user",
  });

export const strategyAsksModel = (name: string, key: string): AideError =>
  new AideError({
    code: "AIDE_POOL_MODEL",
    message: `"${name}" asks a model, and a replay has none.`,
    fix: `Replay selectors, as strategies='[{"use":"best-of-n","n":4}]', or none: strategies=[]`,
    fault: "user",
    facts: { key },
  });

export const noPool = (landscapes: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: "Nothing says what to replay on.",
    fix: `Name a pool's file, or one of: ${landscapes.join(", ")}.`,
    fault: "user",
  });

export const poolNotFound = (name: string, landscapes: readonly string[], cause: unknown): AideError =>
  new AideError({
    code: "AIDE_POOL_NOT_FOUND",
    message: `"${name}" is neither a landscape nor a file that could be read.`,
    fix: `Name a pool's file, or one of: ${landscapes.join(", ")}.`,
    fault: "user",
    facts: { cause: messageOf(cause) },
  });
