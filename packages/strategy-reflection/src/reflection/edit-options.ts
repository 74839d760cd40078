import { z } from "zod";

/** How an edit is asked for, kept small and measured. */
export const editOptions = {
  form: z
    .enum(["blocks", "script"])
    .default("blocks")
    .describe(
      "What the editor is asked for: search/replace blocks, or the whole script. Either is read, and diffs too.",
    ),
  scope: z
    .enum(["flag", "strict", "off"])
    .default("flag")
    .describe("Changes that no finding cites: `flag` counts them, `strict` takes them back, `off` does not look."),
  margin: z.int().min(0).max(50).default(2).describe("Lines around a cited place that count as cited."),
  neutral: z.boolean().default(true).describe("Take back changes that make no difference to Python."),
  reduce: z
    .enum(["off", "measure", "apply"])
    .default("measure")
    .describe("Find a smallest part of an edit that still passes, by running it: to report its size, or to keep it."),
  reduceExecutions: z.int().min(7).default(30).describe("The most executions of one reduction."),
  editTemperature: z.number().min(0).max(2).optional().describe("Of the edit; the config's sampling without."),
};

export type EditOptions = z.output<z.ZodObject<typeof editOptions>>;
