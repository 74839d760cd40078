import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Carried } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { readSaid, settle } from "./said.ts";

export interface ReadConfig extends Carried {
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: string;
  readonly goal: string;
  readonly evaluation: string;
}

/**
 * The settings of a run, and what its task is: a config that names none is refused.
 * @throws AIDE_NO_GOAL, AIDE_DESCRIPTION_UNREADABLE, and what reading a config throws
 */
export const readConfig = async (
  args: readonly string[],
  shell: Pick<Shell, "cwd" | "secrets" | "env">,
): Promise<ReadConfig> => {
  const said = await readSaid(args, shell);
  const { config, warnings } = await settle(said, shell);
  return { config, source: said.source, ...(await readDescription(config, shell.cwd, warnings)) };
};

const readDescription = async (
  { goal, eval: evaluation, desc_file, desc_str }: Carried["config"],
  cwd: string,
  warnings: readonly string[],
): Promise<{ goal: string; evaluation: string; warnings: readonly string[] }> => {
  const described = desc_file === undefined ? desc_str : await readDescriptionFile(resolve(cwd, desc_file));
  if (described === undefined) {
    if (goal === undefined) throw noGoal();
    return { goal, evaluation: evaluation ?? "", warnings };
  }
  const ignored =
    goal === undefined && evaluation === undefined
      ? []
      : ["goal and eval are left out: the description takes their place."];
  return { goal: described.trim(), evaluation: evaluation ?? "", warnings: [...warnings, ...ignored] };
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
