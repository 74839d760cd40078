import { readdirSync, readFileSync } from "node:fs";
import { findingKinds } from "@aide-ts/strategy-reflection";
import { z } from "zod";

/** A task, as it is given to a run. */
const taskWords = z.strictObject({ data_dir: z.string(), goal: z.string(), eval: z.string() });

/** A draft that failed, as its model wrote it, and what it failed with. */
export const repairCase = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  task: taskWords,
  plan: z.string(),
  code: z.string().min(1),
  failure: z.strictObject({
    kind: z.enum(findingKinds),
    cause: z.string(),
    exception: z.string().optional(),
    feedback: z.string(),
  }),
  origin: z.strictObject({
    model: z.string(),
    /** Keys of the config under which it was written, beside the task's. */
    config: z.array(z.string()),
    solution: z.string(),
  }),
  /** A script that passes, with as few lines changed as can be; what the oracle's critique is made from. */
  fix: z.string().optional(),
});

export type RepairCase = z.output<typeof repairCase>;

const folder = new URL("../cases/", import.meta.url);

/** The cases that come with this package, by name. */
export const frozenCases = (): readonly RepairCase[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => repairCase.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8"))));
