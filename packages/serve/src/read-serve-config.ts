import {
  checkOptions,
  isLayer,
  loadPlugin,
  type Builtins,
  type ConfigSource,
  type Layer,
  type Use,
} from "@aide-ts/core";
import {
  readyBackend,
  resolveConfig,
  withoutTask,
  type RawConfig,
  type ReadyBackend,
  type RunHost,
} from "@aide-ts/run";

/** What a config says of the model that is served. */
export interface ServeConfig {
  readonly backend: Use;
  readonly sampling: ServedSampling;
  readonly seed: number;
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: ConfigSource;
  readonly warnings: readonly string[];
}

/** For requests that do not say. */
export interface ServedSampling {
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  /** `undefined` where the config does not say. */
  readonly maxTokens: number | undefined;
}

const used = new Set(["backend", "sampling", "seed", "agent"]);

/**
 * What a server needs of a config that could be a run's: every key is checked as there.
 * @throws AIDE_CONFIG_INVALID, AIDE_MODEL_NAME
 */
export const readServeConfig = async (raw: RawConfig, host: Pick<RunHost, "shorthands">): Promise<ServeConfig> => {
  const { values } = raw;
  const { config } = await resolveConfig(raw, host, withoutTask);
  const { temperature, topP, maxTokens } = config.sampling;
  return {
    backend: config.backend,
    // A server has no limit where none is given.
    sampling: { temperature, topP, maxTokens: limitsAnswers(values) ? maxTokens : undefined },
    seed: config.seed,
    source: raw.source,
    warnings: Object.keys(raw.overrides).flatMap((key) =>
      used.has(key) ? [] : [`${key} has no effect: a server has no task.`],
    ),
  };
};

const limitsAnswers = ({ sampling, agent }: Layer): boolean =>
  (isLayer(sampling) && sampling["maxTokens"] !== undefined) ||
  (isLayer(agent) && isLayer(agent["code"]) && agent["code"]["max_new_tokens"] !== undefined);

/** Finds the backend's plugin and checks its options; nothing is started yet. */
export const findBackend = async ({ backend, source }: ServeConfig, builtins: Builtins): Promise<ReadyBackend> => {
  const asked = { source, key: "backend" };
  const plugin = await loadPlugin("backend", backend.use, asked, builtins);
  return readyBackend(backend, plugin, await checkOptions<unknown>(plugin, backend.options, asked));
};
