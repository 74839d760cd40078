import { AideError } from "@aide-ts/plugin";
import { backendForModel, type HubServer } from "./model-name.ts";
import type { Config } from "./schema.ts";
import { suggest } from "./suggest.ts";
import type { Use } from "./values.ts";
import { vendorSampling } from "./vendor-sampling.ts";

const itsStrategies = [
  "Baseline",
  "self-reflection",
  "planner",
  "codechain_v2",
  "codechain_v3",
  "chain-reflect",
  "self-consistency",
  "self-debug",
];

/** A config in which the seed's keys have become ours, and what could not be carried over. */
export interface Carried {
  readonly config: Omit<Config, "agent" | "exec" | "backend" | "sampling"> & {
    readonly backend: NonNullable<Config["backend"]>;
    readonly sampling: Config["sampling"] & { readonly maxTokens: number };
  };
  readonly warnings: readonly string[];
}

/**
 * Translates AIDE's and its fork's keys.
 * @throws AIDE_MODEL_NAME, AIDE_STRATEGY_UNKNOWN
 */
export const carrySeedKeys = (
  { agent, exec, backend: given, ...config }: Config,
  hubServer: HubServer = "vllm",
): Carried => {
  const code = agent?.code;
  const model = { model: code?.model, path: agent?.model?.path, quantization: code?.quantization };
  const backend = backendFor(given, () => backendForModel(model, hubServer));
  const vendor = vendorSampling(backend.options["model"]);
  const greedy = agent?.search;
  const options = {
    ...(greedy?.num_drafts === undefined ? {} : { drafts: greedy.num_drafts }),
    ...(greedy?.debug_prob === undefined ? {} : { debugProbability: greedy.debug_prob }),
    ...(greedy?.max_debug_depth === undefined ? {} : { maxDebugDepth: greedy.max_debug_depth }),
  };
  const feedback = agent?.feedback?.model;
  return {
    config: {
      ...config,
      strategies: strategiesFor(agent?.ITS_Strategy, config.strategies),
      backend,
      backends:
        feedback === undefined
          ? config.backends
          : { review: backendForModel({ model: feedback }, hubServer), ...config.backends },
      search: { ...config.search, options: { ...options, ...config.search.options } },
      budget: {
        ...config.budget,
        steps: agent?.steps ?? config.budget.steps,
        time: agent?.time_limit ?? config.budget.time,
      },
      sampling: {
        ...config.sampling,
        temperature: code?.temp ?? config.sampling.temperature ?? vendor?.temperature,
        topP: code?.top_p ?? config.sampling.topP ?? vendor?.topP,
        maxTokens: code?.max_new_tokens ?? config.sampling.maxTokens ?? vendor?.maxTokens ?? 2048,
      },
      preview: agent?.data_preview === false ? { ...config.preview, characters: 0 } : config.preview,
      executor:
        exec?.timeout === undefined
          ? config.executor
          : { ...config.executor, options: { seconds: exec.timeout, ...config.executor.options } },
    },
    warnings: [
      ...without("agent.k_fold_validation", agent?.k_fold_validation, "scores come from held-back rows"),
      ...without("agent.expose_prediction", agent?.expose_prediction, "the best script is kept as it ran"),
      ...without("agent.feedback.temp", agent?.feedback?.temp, "the reviewer answers at temperature 0"),
      ...without("exec.agent_file_name", exec?.agent_file_name, "the script is always runfile.py"),
      ...without("exec.format_tb_ipython", exec?.format_tb_ipython, "exceptions are kept as data"),
    ],
  };
};

/** Options that name no backend are the model's. */
const backendFor = (given: Config["backend"], named: () => Use): Use => {
  if (given === undefined) return named();
  if (given.use !== "") return given;
  const { use, options } = named();
  return { use, options: { ...options, ...given.options } };
};

const without = (key: string, value: unknown, why: string): readonly string[] =>
  value === undefined ? [] : [`${key} has no effect: ${why}.`];

const strategiesFor = (name: string | undefined, configured: Config["strategies"]): Config["strategies"] => {
  if (name === undefined) return configured;
  if (name === "Baseline" || name === "none") return [];
  const known = itsStrategies.includes(name);
  const meant = known ? undefined : suggest(name, itsStrategies);
  throw new AideError({
    code: "AIDE_STRATEGY_UNKNOWN",
    message: known
      ? `agent.ITS_Strategy="${name}" is not available yet: only Baseline is.`
      : `There is no agent.ITS_Strategy "${name}"${meant === undefined ? "" : `: did you mean "${meant}"?`}.`,
    fix: "agent.ITS_Strategy=Baseline, or leave it out.",
    fault: "user",
  });
};
