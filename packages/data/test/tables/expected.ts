import { readFileSync } from "node:fs";
import { z } from "zod";

/** What a person says of a folder that tools/tables/layouts.py wrote. */
const expected = z.object({
  table: z.string(),
  layout: z.string(),
  folder: z.string(),
  /** Goal and evaluation. */
  words: z.string(),
  /** Targets that the config names. */
  given: z.array(z.string()),
  /** Nothing shows which column is the target. */
  asks: z.boolean(),
  files: z.record(z.string(), z.string()),
  rows: z.record(z.string(), z.number()),
  targets: z.array(z.string()),
  answer: z.enum(["value", "class-probabilities"]),
  kind: z.enum(["number", "classes"]),
  classes: z.array(z.string()),
  /** Each of these may be found as the id. */
  ids: z.array(z.array(z.string())),
  hasTest: z.boolean(),
  /** Of several columns each may be found. */
  split: z.object({ by: z.enum(["random", "time", "group"]), columns: z.array(z.string()) }),
  /** File → column → type, and rows without a value. */
  types: z.record(z.string(), z.record(z.string(), z.string())),
  missing: z.record(z.string(), z.record(z.string(), z.number())),
  labelled: z.number(),
  /** The id by which labels are listed. */
  labelsBy: z.string().nullable(),
  /** Id of a labelled row → its labels; empty where rows have no id. */
  labels: z.record(z.string(), z.array(z.string())),
});

export type Expected = z.output<typeof expected>;

export const readExpected = (file: string): readonly Expected[] =>
  z.array(expected).parse(JSON.parse(readFileSync(file, "utf8")));
