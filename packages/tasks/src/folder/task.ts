import type { TaskFile } from "./task-file.ts";

/** A task that can be run and graded. */
export interface Task {
  /** `suite/name`, or the folder of one that is no suite's. */
  readonly name: string;
  readonly file: TaskFile;
  /** All that a run may see. */
  readonly publicFolder: string;
  /** Labels of the rows to predict, references, a grader: read after a run alone. */
  readonly privateFolder: string;
}

/** Where prompts and defaults may be tuned; any other part is sealed. */
export const development = "development";

export const isSealed = ({ part }: { readonly part: string }): boolean => part !== development;

/** The suite that a task is of. */
export const suiteOf = ({ name }: Pick<Task, "name">): string => name.split("/")[0] ?? "";
