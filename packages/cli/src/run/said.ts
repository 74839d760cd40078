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
  type Layer,
} from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { secretValues } from "../secrets.ts";
import { isConfigFile } from "./config-file.ts";

/** What a config file and `key=value` say, before anything of it is checked. */
export interface Said {
  readonly layer: Layer;
  /** Of the layer, what the command line gives. */
  readonly overrides: Layer;
  readonly file: string | undefined;
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: string;
}

/**
 * Config file, then `key=value`: later wins. Without a file, `aide.config.*` is looked for from the working folder upwards, unless told not to. Relative paths
 * on the command line are meant from the working folder. Keys and passwords among the options are learnt as secrets.
 * @throws AIDE_ARGUMENT for two files, AIDE_CONFIG_NOT_FOUND, AIDE_CONFIG_UNREADABLE
 */
export const readSaid = async (
  args: readonly string[],
  { cwd, secrets }: Pick<Shell, "cwd" | "secrets">,
  { looksForFile = true }: { readonly looksForFile?: boolean } = {},
): Promise<Said> => {
  const files = args.filter(isConfigFile);
  const [named, another] = files;
  if (another !== undefined) throw twoFiles(files);
  const { layer, file } =
    named === undefined && !looksForFile ? { layer: {}, file: undefined } : await loadConfig(named, cwd);
  const overrides = parseOverrides(args.filter((argument) => argument !== named));
  const said = merge(layer, overrides);
  secrets.learn(secretValues(said));
  return { layer: said, overrides, file, source: file ?? resolve(cwd, commandLine) };
};

/** What a command that has no task puts beneath a config: a run insists on data. */
export const noTask: Layer = { data_dir: "." };

/**
 * The settings that are meant, over what lies beneath.
 * @throws AIDE_CONFIG_INVALID, AIDE_MODEL_NAME
 */
export const settle = async (
  { layer, file }: Pick<Said, "layer" | "file">,
  { env }: Pick<Shell, "env">,
  beneath: Layer = {},
): Promise<Carried> => {
  const checked = checkConfig(merge(beneath, layer), file ?? "the command line");
  const { code, feedback } = checked.agent ?? {};
  const named = [code?.model, code?.planner_model, feedback?.model];
  const hubServer = named.some((model) => model !== undefined && isOfHub(model)) ? await hubServerOf(env) : undefined;
  return carrySeedKeys(checked, hubServer);
};

/** A model of the hub is served by vLLM where that is installed, else by Hugging Face's own server. Few configs name one, and so wait for the kit. */
const hubServerOf = async (env: Shell["env"]): Promise<HubServer> => {
  const { programOnPath } = await import("@aide-ts/backend-kit");
  return programOnPath("vllm", { env: (name) => env[name] }) === undefined ? "transformers" : "vllm";
};

const twoFiles = (files: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `One config file is read, not ${files.length}: ${files.join(", ")}.`,
    fix: `Let one build on the other: \`extends: ${files[0]}\` in ${files.at(-1)}`,
    fault: "user",
  });
