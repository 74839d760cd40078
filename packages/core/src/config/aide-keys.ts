import type { Config } from "./schema.ts";
import type { Shorthands } from "./shorthands.ts";
import type { Use } from "./values.ts";
import { vendorSampling } from "./vendor-sampling.ts";

/** The settings of a run: every default filled in, the keys of AIDE and its fork translated. */
export type RunConfig = Omit<
  Config,
  "agent" | "exec" | "backend" | "sampling" | "copy_data" | "report" | "generate_report"
> & {
  readonly backend: Use;
  readonly sampling: Config["sampling"] & { readonly maxTokens: number };
};

export interface ResolvedConfig {
  readonly config: RunConfig;
  /** Keys that have no effect, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Translates AIDE's and its fork's keys.
 * @throws AIDE_MODEL_NAME, AIDE_STRATEGY_UNKNOWN
 */
export const translateAideKeys = async (
  { agent, exec, backend: given, copy_data, report, generate_report, ...config }: Config,
  { backendFor, chainFor, planner }: Shorthands,
): Promise<ResolvedConfig> => {
  const code = agent?.code;
  const model = { model: code?.model, path: agent?.model?.path, quantization: code?.quantization };
  const backend = await namedBackend(given, () => backendFor(model));
  const vendor = vendorSampling(backend.options["model"]);
  const greedy = agent?.search;
  const options = {
    ...(greedy?.num_drafts === undefined ? {} : { drafts: greedy.num_drafts }),
    ...(greedy?.debug_prob === undefined ? {} : { debugProbability: greedy.debug_prob }),
    ...(greedy?.max_debug_depth === undefined ? {} : { maxDebugDepth: greedy.max_debug_depth }),
  };
  const named = agent?.ITS_Strategy;
  const strategies = named === undefined ? config.strategies : [...chainFor(named, agent ?? {})];
  // The fork's config names a planner also where nothing plans: its server need not be there then.
  const plans = named === undefined || strategies.some(({ use }) => use === planner);
  return {
    config: {
      ...config,
      strategies,
      backend,
      backends: {
        ...(await servedBy("review", agent?.feedback?.model, backendFor)),
        ...(await servedBy("planner", plans ? code?.planner_model : undefined, backendFor)),
        ...config.backends,
      },
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
      ...(plans ? [] : without("agent.code.planner_model", code?.planner_model, `nothing plans in ${named}`)),
      ...withoutStrategy("selfConsistency", "self-consistency", agent),
      ...withoutStrategy("s_star_iterative_debug", "self-debug", agent),
      ...without("exec.agent_file_name", exec?.agent_file_name, "the script is always runfile.py"),
      ...without("exec.format_tb_ipython", exec?.format_tb_ipython, "exceptions are kept as data"),
      // As AIDE has it by default, they are met.
      ...(copy_data === false ? without("copy_data", copy_data, "each script gets a copy of its own") : []),
      ...(generate_report === false
        ? without("generate_report", generate_report, "report.md is written from the log, without a model")
        : []),
      ...without("report", report, "report.md is written from the log, without a model"),
    ],
  };
};

/** Options that name no backend are the model's. */
const namedBackend = async (given: Config["backend"], byModel: () => Promise<Use>): Promise<Use> => {
  if (given?.use !== undefined) return { use: given.use, options: given.options };
  const { use, options } = await byModel();
  return { use, options: { ...options, ...given?.options } };
};

const servedBy = async (
  role: string,
  model: string | undefined,
  backendFor: Shorthands["backendFor"],
): Promise<Readonly<Record<string, Use>>> => (model === undefined ? {} : { [role]: await backendFor({ model }) });

const without = (key: string, value: unknown, why: string): readonly string[] =>
  value === undefined ? [] : [`${key} has no effect: ${why}.`];

/** Keys of one of the fork's strategies, where another one is asked for. */
const withoutStrategy = (
  key: "selfConsistency" | "s_star_iterative_debug",
  strategy: string,
  agent: Config["agent"],
): readonly string[] =>
  agent?.ITS_Strategy === strategy
    ? []
    : without(`agent.${key}`, agent?.[key], `only agent.ITS_Strategy=${strategy} reads it`);
