import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { RunConfig } from "@aide-ts/core";
import type { RunHost } from "../host/run-host.ts";
import { findDataFolder } from "../task/data-folder.ts";
import { descriptionUnreadable, noGoal } from "../errors/task.ts";

/** What the user says of a task. */
export interface TaskStatement {
  readonly goal: string;
  readonly evaluation: string;
  /** A whole description, where one took the place of goal and evaluation. */
  readonly description?: string | undefined;
}

/**
 * Goal and evaluation of a config, or the description that takes their place.
 * @throws AIDE_NO_GOAL, AIDE_DESCRIPTION_UNREADABLE; AIDE_DATA_MISSING where neither goal nor data are there
 */
export const readTaskStatement = async (
  {
    data_dir,
    goal,
    eval: evaluation,
    desc_file,
    desc_str,
  }: Pick<RunConfig, "data_dir" | "goal" | "eval" | "desc_file" | "desc_str">,
  host: Pick<RunHost, "cwd" | "examples">,
): Promise<{ readonly statement: TaskStatement; readonly warnings: readonly string[] }> => {
  const described = desc_file === undefined ? desc_str : await readDescriptionFile(resolve(host.cwd, desc_file));
  if (described === undefined) {
    if (goal === undefined) {
      // Of a folder that is not there, that is what to know first.
      await findDataFolder(data_dir, host);
      throw noGoal();
    }
    return { statement: { goal, evaluation: evaluation ?? "" }, warnings: [] };
  }
  const warnings =
    goal === undefined && evaluation === undefined
      ? []
      : ["goal and eval are left out: the description takes their place."];
  const description = described.trim();
  return { statement: { goal: description, evaluation: evaluation ?? "", description }, warnings };
};

const readDescriptionFile = async (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: unknown) => {
    throw descriptionUnreadable(file, cause);
  });
