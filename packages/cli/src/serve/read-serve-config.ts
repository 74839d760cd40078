import type { Layer, Use } from "@aide-ts/core";
import type { Shell } from "../command-line.ts";
import { noTask, readSaid, settle } from "../run/said.ts";

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

/** A server has neither task nor limit, if a config names none. */
const beneath: Layer = { ...noTask, sampling: { maxTokens: unsaid } };

const used = new Set(["backend", "sampling", "seed", "agent"]);

/**
 * Reads a config as `aide run` does, with the same checks of every key, and gives what a server needs of it.
 * @throws AIDE_CONFIG_INVALID, AIDE_CONFIG_NOT_FOUND, AIDE_ARGUMENT, AIDE_MODEL_NAME
 */
export const readServeConfig = async (
  args: readonly string[],
  shell: Pick<Shell, "cwd" | "secrets" | "env">,
): Promise<ServeConfig> => {
  const said = await readSaid(args, shell);
  const { config } = await settle({ ...said, layer: embeddedByDefault(said.layer) }, shell, beneath);
  const { temperature, topP, maxTokens } = config.sampling;
  return {
    backend: config.backend,
    sampling: { temperature, topP, maxTokens: maxTokens === unsaid ? undefined : maxTokens },
    seed: config.seed,
    source: said.source,
    warnings: Object.keys(said.overrides).flatMap((key) =>
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
