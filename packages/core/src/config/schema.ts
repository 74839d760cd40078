import { z } from "zod";
import { count, duration, use, useOr, useOrOptions } from "./values.ts";

const text = z.string().min(1);
const names = z.union([text, z.array(text).min(1)]).transform((given) => (typeof given === "string" ? [given] : given));

/** AIDE's and its fork's own keys; `aide-keys.ts` says what each becomes. */
const agent = z.strictObject({
  steps: count.optional(),
  time_limit: duration.optional(),
  k_fold_validation: z.unknown().optional(),
  expose_prediction: z.unknown().optional(),
  data_preview: z.boolean().optional(),
  ITS_Strategy: text.optional(),
  selfConsistency: z
    .strictObject({
      num_responses: count.pipe(z.number().min(1)).optional(),
      selection_strategy: z.enum(["interpreter_first_success", "interpreter_best_metric"]).optional(),
    })
    .optional(),
  s_star_iterative_debug: z.strictObject({ max_rounds: count.pipe(z.number().min(1)).optional() }).optional(),
  model: z.strictObject({ path: text.optional() }).optional(),
  code: z
    .strictObject({
      model: text.optional(),
      temp: z.number().min(0).nullable().optional(),
      top_p: z.number().min(0).max(1).optional(),
      max_new_tokens: count.optional(),
      quantization: text.optional(),
      planner_model: text.optional(),
    })
    .optional(),
  feedback: z.strictObject({ model: text.optional(), temp: z.number().nullable().optional() }).optional(),
  search: z
    .strictObject({
      num_drafts: count.optional(),
      debug_prob: z.number().min(0).max(1).optional(),
      max_debug_depth: count.optional(),
    })
    .optional(),
});

interface TokenLimits {
  readonly total?: number | undefined;
  readonly prompt?: number | undefined;
  readonly reasoning?: number | undefined;
  readonly answer?: number | undefined;
  readonly roles?: Readonly<Record<string, number>> | undefined;
}

/** A limit for all tokens, or one for each kind and role. Prompt tokens count where they were not cached. */
const tokenLimits = z
  .union([
    count.transform((total): TokenLimits => ({ total })),
    z.strictObject({
      total: count.optional(),
      prompt: count.optional(),
      reasoning: count.optional(),
      answer: count.optional(),
      roles: z.record(z.string(), count).optional(),
    }),
  ])
  .transform((limits): TokenLimits => limits)
  .describe("Reasoning, answer and prompt tokens that were not cached: of all roles, of one kind, of one role.");

const price = z.strictObject({
  prompt: z.number().nonnegative(),
  cached: z.number().nonnegative().optional().describe("Prompt tokens that the server had kept; as `prompt` without."),
  answer: z.number().nonnegative().describe("Reasoning too."),
});

export const configSchema = z.strictObject({
  task: text
    .optional()
    .describe(
      "A task by name, as hitters or suite/name, or a folder with a task.yaml: in place of data_dir, goal, eval, metric, target.",
    ),
  mlebench: text.optional().describe("A competition of MLE-bench by its id, in place of data_dir, goal and eval."),
  mlebench_dir: text.optional().describe("Where MLE-bench prepared its data; its own cache folder without."),
  unseal: z
    .boolean()
    .optional()
    .describe("Run a sealed task under another setup than the frozen one: reports call the run exploratory."),
  data_dir: text.describe("Folder with the task's data. `example_tasks/…` is found from anywhere."),
  goal: text.optional().describe("What to predict, in a sentence."),
  eval: text.optional().describe("How predictions are scored, in a sentence."),
  desc_file: text.optional().describe("File with the task's description, in place of goal and eval."),
  desc_str: text.optional().describe("The task's description, in place of goal and eval."),
  exp_name: text.optional().describe("Name of the run; made up without."),
  log_dir: text.default("logs"),
  workspace_dir: text.default("workspaces"),
  preprocess_data: z.boolean().default(true).describe("Extract archives in the data folder."),
  copy_data: z.boolean().optional(),

  target: names
    .optional()
    .describe("Column to predict, or several; found from train, test and sample submission without."),
  id: names.optional().describe("Column that names rows, or several that do together."),
  roles: z
    .strictObject({
      train: names.optional().describe("Labelled rows; several files are parts of one table."),
      test: text.optional().describe("Rows to predict."),
      sample: text.optional().describe("Sample submission."),
      labels: text.optional().describe("Labels of the training rows, where they lie in a table of their own."),
    })
    .prefault({})
    .describe("What files of the data folder are, where it is not to be found from what they hold."),
  positive: z
    .union([text, z.number(), z.boolean()])
    .transform(String)
    .optional()
    .describe("Of two classes the one whose probability is asked for, and that f1, precision and recall count."),
  metric: text
    .optional()
    .describe("Metric of the library, as rmsle, or a Python file with one's own; found from `eval` without."),
  direction: z.enum(["maximize", "minimize"]).optional(),
  holdout: z
    .strictObject({
      fraction: z
        .number()
        .min(0)
        .max(0.5)
        .default(0.2)
        .describe("Share of the labelled rows held back for the search score."),
      rows: count.default(20_000).describe("The most rows held back."),
      folds: z
        .union([z.literal("auto"), z.int().min(1).max(20)])
        .default(1)
        .describe(
          "Parts of the labelled rows that are held back in turn, so that a score has less noise; `auto`: 5, of more than 10,000 rows 3, of more than 50,000 one.",
        ),
      fresh: z
        .union([z.literal("auto"), z.int().min(0).max(20)])
        .default(0)
        .describe(
          "Other parts of the same rows, on which the solutions within the noise of the best, and the blend, are scored anew once the search has ended: what is submitted, and its score, come from these. `auto`: as many as folds, of fewer than 500 rows twice as many.",
        ),
      by: z
        .enum(["time", "group", "random"])
        .optional()
        .describe(
          "The latest rows, whole groups, or any; found from how the test rows differ from the training rows without.",
        ),
      column: text.optional().describe("The date or the group."),
      required: z
        .boolean()
        .default(true)
        .describe("Refuse a task of which no row can be held back; without, the script's own score counts (--yes)."),
    })
    .prefault({}),

  leaks: z
    .strictObject({
      allow: z
        .array(text)
        .default([])
        .describe("Columns that may agree with the target: known for rows to predict as well."),
      drop: z.array(text).default([]).describe("Columns that are taken out of the training and the test rows."),
    })
    .prefault({}),
  rehearse: z
    .boolean()
    .default(true)
    .describe("Run a constant prediction through search and final run before a model is asked."),

  backend: useOrOptions
    .optional()
    .describe("Model server for every role; without a name that of agent.code.model, or else the embedded model."),
  backends: z.record(z.string(), use).default({}).describe("Backends of single roles: code, review, critic, planner."),
  sampling: z
    .strictObject({
      temperature: z.number().min(0).optional(),
      topP: z.number().min(0).max(1).optional(),
      maxTokens: count
        .optional()
        .describe(
          "The most tokens of one answer, reasoning included; 2,048, or 32,768 for models that think at length.",
        ),
    })
    .prefault({}),
  coder: z
    .strictObject({
      form: z
        .enum(["script", "blocks", "defaults"])
        .default("script")
        .describe(
          "`script`: a model writes whole scripts. `blocks`: scripts of functions (features, preprocessing, estimator, transformed target), of which each step writes one anew, where the task is a table. `defaults`: no model is asked; each step is another estimator of `coder/estimators`, as it is, in the script that drafts fill in: the control of a comparison.",
        ),
      drafts: z
        .enum(["defaults", "model"])
        .default("defaults")
        .describe(
          "First scripts of the form `blocks`: the estimators of `coder/estimators` one after the other, as they are and without a call, or a model's.",
        ),
      skeleton: z.boolean().default(true).describe("Show drafts a script to fill in, where the task is a table."),
      directions: z
        .boolean()
        .default(true)
        .describe("Point each improvement to one of the ways in `coder/directions`."),
      opening: z
        .boolean()
        .default(true)
        .describe(
          "Begin answers as the prompt files do, for models that can continue one and were not trained to think first.",
        ),
    })
    .prefault({}),
  preview: z
    .strictObject({
      characters: count.default(3000),
      samples: z.boolean().default(true).describe("Show values of the data in prompts."),
    })
    .prefault({}),

  search: useOr("greedy"),
  strategies: z
    .array(use)
    .default([{ use: "static-repair", options: {} }])
    .describe("Outermost first."),
  executor: useOr("local"),
  evaluators: z.array(use).default([
    { use: "held-out", options: {} },
    { use: "reported", options: {} },
    { use: "review", options: {} },
  ]),
  prompts: z.record(z.string(), text).default({}).describe("Prompt name → file that replaces it."),

  slots: count.pipe(z.number().min(1)).default(1).describe("Proposals worked on at a time."),
  schedule: z.enum(["ordered", "eager"]).default("ordered"),
  budget: z
    .strictObject({
      steps: count.default(20),
      tokens: tokenLimits.optional(),
      cost: z.number().nonnegative().optional().describe("In the currency of `prices`."),
      executions: count.optional(),
      executorTime: duration.optional().describe("Running time of all scripts together."),
      time: duration.optional(),
    })
    .prefault({}),
  prices: z
    .record(z.string(), price)
    .default({})
    .describe("Model → what a million of its tokens cost, in any one currency."),
  retries: count.default(5).describe("Times a call is sent again after a passing failure."),
  seed: count.default(0),
  refit: z.boolean().default(true).describe("Run the best script once more on all labelled rows."),
  ensemble: z
    .enum(["off", "greedy"])
    .default("off")
    .describe(
      "`greedy`: the last run is of a blend of solutions, where rows that it was not chosen on show that it is better than the best of them. It costs no model call, and is surer on folds (`holdout.folds`).",
    ),

  agent: agent.optional(),
  exec: z
    .strictObject({
      timeout: duration.optional(),
      agent_file_name: z.unknown().optional(),
      format_tb_ipython: z.unknown().optional(),
    })
    .optional(),
  report: z.unknown().optional(),
  generate_report: z.unknown().optional(),
});

/** A config as people write it. */
export type ConfigInput = z.input<typeof configSchema>;
/** A config with every default filled in. */
export type Config = z.output<typeof configSchema>;

/** Whether a metric is a Python file with `score` and `direction`, and none of the library. */
export const isMetricFile = (metric: string): boolean => metric.endsWith(".py");

/** JSON Schema of a config file, for editors. */
export const configJsonSchema = (): Record<string, unknown> => {
  const schema: Record<string, unknown> = z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" });
  return { ...schema, title: "aide config" };
};
