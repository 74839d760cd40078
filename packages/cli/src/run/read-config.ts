import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  carrySeedKeys,
  checkConfig,
  commandLine,
  isOfHub,
  loadConfig,
  merge,
  parseOverrides,
  type Carried,
  type HubServer,
} from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { secretValues } from "../secrets.ts";

interface Settings extends Carried {
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: string;
}

export interface ReadConfig extends Settings {
  readonly goal: string;
  readonly evaluation: string;
}

type Reader = Pick<Shell, "cwd" | "secrets" | "env">;

/** The settings, and what the task is: a config that names none is refused. */
export const readConfig = async (args: readonly string[], shell: Reader): Promise<ReadConfig> => {
  const settings = await readSettings(args, shell);
  return { ...settings, ...(await readDescription(settings.config, shell.cwd, settings.warnings)) };
};

/**
 * Config file, then `key=value`: later wins; two files are refused. Relative paths on the command line are meant from the working folder. Keys and passwords among
 * the options are learnt as secrets.
 */
export const readSettings = async (args: readonly string[], { cwd, secrets, env }: Reader): Promise<Settings> => {
  const files = args.filter((argument) => !argument.includes("=") && /\.(ya?ml|json|[cm]?[jt]s)$/.test(argument));
  const [file, another] = files;
  if (another !== undefined) throw twoFiles(files);
  const loaded = await loadConfig(file, cwd);
  const overrides = parseOverrides(args.filter((argument) => argument !== file));
  secrets.learn(secretValues(merge(loaded.layer, overrides)));
  const source = loaded.file ?? resolve(cwd, commandLine);
  const checked = checkConfig(merge(loaded.layer, overrides), loaded.file ?? "the command line");
  const { code, feedback } = checked.agent ?? {};
  const named = [code?.model, code?.planner_model, feedback?.model];
  const hubServer = named.some((model) => model !== undefined && isOfHub(model)) ? await hubServerOf(env) : undefined;
  return { ...carrySeedKeys(checked, hubServer), source };
};

const twoFiles = (files: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `A run has one config file, not ${files.length}: ${files.join(", ")}.`,
    fix: `Let one build on the other: \`extends: ${files[0]}\` in ${files.at(-1)}`,
    fault: "user",
  });

/** A model of the hub is served by vLLM where that is installed, else by Hugging Face's own server. Few configs name one, and so wait for the kit. */
const hubServerOf = async (env: Shell["env"]): Promise<HubServer> => {
  const { programOnPath } = await import("@aide-ts/backend-kit");
  return programOnPath("vllm", { env: (name) => env[name] }) === undefined ? "transformers" : "vllm";
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
