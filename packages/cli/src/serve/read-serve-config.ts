import { resolve } from "node:path";
import {
  carrySeedKeys,
  checkConfig,
  commandLine,
  loadConfig,
  merge,
  parseOverrides,
  type Layer,
  type Use,
} from "@aide-ts/core";
import type { Shell } from "../command-line.ts";
import { secretValues } from "../secrets.ts";

/** What a config says of the model that is served. */
export interface ServeConfig {
  readonly backend: Use;
  readonly sampling: ServedSampling;
  readonly seed: number;
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: string;
  readonly warnings: readonly string[];
}

/** For requests that do not say. */
export interface ServedSampling {
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  /** `undefined` where the config does not say. */
  readonly maxTokens: number | undefined;
}

/** A limit that nobody writes, to tell "not said" from the default of runs. */
const unsaid = Number.MAX_SAFE_INTEGER;

/** A server has no task: beneath a config lie what a run would insist on, and no limit. */
const beneath: Layer = { data_dir: ".", sampling: { maxTokens: unsaid } };

const used = new Set(["backend", "sampling", "seed", "agent"]);

/**
 * Reads a config as `aide run` does, with the same checks of every key, and gives what a server needs of it.
 * @throws AIDE_CONFIG_INVALID, AIDE_CONFIG_NOT_FOUND, AIDE_ARGUMENT, AIDE_MODEL_NAME
 */
export const readServeConfig = async (
  args: readonly string[],
  { cwd, secrets }: Pick<Shell, "cwd" | "secrets">,
): Promise<ServeConfig> => {
  const file = args.find((argument) => !argument.includes("=") && /\.(ya?ml|json|[cm]?[jt]s)$/.test(argument));
  const loaded = await loadConfig(file, cwd);
  const overrides = parseOverrides(args.filter((argument) => argument !== file));
  const said = embeddedByDefault(merge(loaded.layer, overrides));
  secrets.learn(secretValues(said));
  const checked = checkConfig(merge(beneath, said), loaded.file ?? "the command line");
  const { config } = carrySeedKeys(checked);
  const { temperature, topP, maxTokens } = config.sampling;
  return {
    backend: config.backend,
    sampling: { temperature, topP, maxTokens: maxTokens === unsaid ? undefined : maxTokens },
    seed: config.seed,
    source: loaded.file ?? resolve(cwd, commandLine),
    warnings: Object.keys(overrides).flatMap((key) =>
      used.has(key) ? [] : [`${key} has no effect: a server has no task.`],
    ),
  };
};

/** `backend.model=smollm2-135m` alone means the embedded backend. */
const embeddedByDefault = (said: Layer): Layer => {
  const { backend } = said;
  return typeof backend === "object" && backend !== null && !Array.isArray(backend) && !("use" in backend)
    ? { ...said, backend: { use: "llamacpp", ...backend } }
    : said;
};
