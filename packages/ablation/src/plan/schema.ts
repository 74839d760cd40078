import { z } from "zod";

const text = z.string().trim().min(1);
const layer = z.record(z.string(), z.unknown());
const deviation = z.number().nonnegative();

/** Keys of a run's config, or a file of them. */
const config = z.union([text, layer]);

const launcher = z.union([text, z.looseObject({ use: text })]);

/** What an ablation's file holds, its paths not yet followed. */
export const ablationSchema = z.strictObject({
  name: text.optional().describe("What reports call it; the file's name without."),
  base: config
    .default({})
    .describe("What all arms have in common: a run's config without its task, or a file that holds one."),
  tasks: z
    .array(z.union([text, layer]))
    .min(1)
    .describe(
      "Tasks by name, as hitters or tabular-small/hitters, or the keys that describe one: name, data_dir, goal, eval, …",
    ),
  seeds: z
    .union([z.number().int().min(1), z.array(z.number().int().nonnegative()).min(1)])
    .describe("How many, counted from 0, or which."),
  arms: z
    .record(text, config)
    .optional()
    .describe(
      "What each arm changes of the base, by its name. The first is the control unless `contrasts` says otherwise.",
    ),
  axes: z
    .record(text, z.record(text, config))
    .optional()
    .describe(
      "In place of arms: levels of each axis, all combinations of which are arms. The first level of an axis is its reference. Strategies that several axes name make one chain, outermost first.",
    ),
  exclude: z.array(z.record(text, text)).default([]).describe("Combinations of levels that are left out."),
  contrasts: z
    .array(text)
    .min(1)
    .optional()
    .describe(
      "Claims that are tested, as `reflection - baseline`, or of axes `strategy: reflection - baseline`. Without: each arm against the first; of axes, all effects.",
    ),
  outcome: z
    .enum(["report-score", "search-score", "useful"])
    .default("report-score")
    .describe("The one outcome that is tested. `search-score` is for tasks without report labels, and optimistic."),
  tokens: z
    .enum(["generated-and-uncached", "generated", "all"])
    .default("generated-and-uncached")
    .describe(
      "What counts as a token of the budget: generated and prompt tokens that were not cached, generated ones alone, or all.",
    ),
  drafts: z
    .enum(["shared", "own"])
    .default("shared")
    .describe("Whether arms whose first draft is asked for alike share it: generated once, billed to each."),
  steps: z
    .enum(["shared", "own"])
    .optional()
    .describe(
      "Whether arms share every answer and every script that both ask for alike, until they part: made once for each task and seed, billed to each. Without: `own`.",
    ),
  sequential: z
    .strictObject({
      shape: z.enum(["obrien-fleming", "pocock"]).default("obrien-fleming"),
      futility: z
        .number()
        .min(0)
        .max(0.5)
        .default(0.1)
        .describe(
          "A contrast is given up where the chance of showing the powered effect has fallen below this; 0 never does.",
        ),
    })
    .optional()
    .describe("Look after each block of seeds, and stop once it is known."),
  power: z
    .strictObject({
      effect: z.number().positive().default(0.1).describe("The difference that matters, on the outcome's scale."),
      betweenTasks: deviation.default(0.05).describe("Standard deviation of an arm's merit from task to task."),
      shared: deviation.default(0.1).describe("Of what arms of one task and seed have in common."),
      cell: deviation.default(0.2).describe("Of one cell."),
    })
    .prefault({})
    .describe("What is assumed before the first cell, to say what the design can detect."),
  launcher: launcher
    .default("local")
    .describe(
      "What makes the cells: a launcher by its name, or with its options. It changes no result, and may be another one later.",
    ),
  alpha: z.number().gt(0).max(0.2).default(0.05),
  retries: z
    .number()
    .int()
    .nonnegative()
    .default(2)
    .describe("How often a cell is made again that infrastructure made fail."),
});

export type AblationFile = z.output<typeof ablationSchema>;

/**
 * The JSON Schema of an ablation's file, for editors.
 * @param definitions what `#/$defs/config` (keys of a run's config) and `#/$defs/launcher` refer to
 */
export const ablationFileSchema = (definitions: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { properties, ...schema } = z.toJSONSchema(ablationSchema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === config) jsonSchema.anyOf = [{ type: "string", minLength: 1 }, { $ref: "#/$defs/config" }];
      if (zodSchema === launcher) jsonSchema.anyOf = [{ $ref: "#/$defs/launcher" }];
    },
  });
  const forEditors = { $schema: { type: "string", description: "For editors." } };
  return { ...schema, title: "aide ablation", properties: { ...forEditors, ...properties }, $defs: definitions };
};
