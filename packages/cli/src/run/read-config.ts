import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Carried } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { findDataFolder } from "./data-folder.ts";
import { readSaid, settle } from "./said.ts";

export interface ReadConfig extends Carried {
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: string;
  readonly goal: string;
  readonly evaluation: string;
  /** A whole description, where one took the place of goal and evaluation. */
  readonly description?: string | undefined;
}

/**
 * The settings of a run, and what its task is: a config that names none is refused.
 * @throws AIDE_DATA_MISSING, AIDE_NO_GOAL, AIDE_DESCRIPTION_UNREADABLE, and what reading a config throws
 */
export const readConfig = async (
  args: readonly string[],
  shell: Pick<Shell, "cwd" | "secrets" | "env">,
): Promise<ReadConfig> => {
  const said = await readSaid(args, shell);
  const { config, warnings } = await settle(said, shell);
  return { config, source: said.source, ...(await readDescription(config, shell.cwd, warnings)) };
};

export const readDescription = async (
  {
    data_dir,
    goal,
    eval: evaluation,
    desc_file,
    desc_str,
  }: Pick<Carried["config"], "data_dir" | "goal" | "eval" | "desc_file" | "desc_str">,
  cwd: string,
  warnings: readonly string[],
): Promise<Pick<ReadConfig, "goal" | "evaluation" | "description" | "warnings">> => {
  const described = desc_file === undefined ? desc_str : await readDescriptionFile(resolve(cwd, desc_file));
  if (described === undefined) {
    if (goal === undefined) {
      // Of a folder that is not there, that is what to know first.
      await findDataFolder(data_dir, cwd);
      throw noGoal();
    }
    return { goal, evaluation: evaluation ?? "", warnings };
  }
  const ignored =
    goal === undefined && evaluation === undefined
      ? []
      : ["goal and eval are left out: the description takes their place."];
  const description = described.trim();
  return { goal: description, evaluation: evaluation ?? "", description, warnings: [...warnings, ...ignored] };
};

const readDescriptionFile = async (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: unknown) => {
    throw new AideError({
      code: "AIDE_DESCRIPTION_UNREADABLE",
      message: "The task's description could not be read.",
      fix: "Check desc_file, or give goal and eval.",
      fault: "user",
      facts: { file, cause: cause instanceof Error ? cause.message : String(cause) },
    });
  });

const noGoal = (): AideError =>
  new AideError({
    code: "AIDE_NO_GOAL",
    message: "Nothing says what to predict.",
    fix: 'Give goal="…" (and eval="…"), or desc_file=task.txt.',
    fault: "user",
  });
