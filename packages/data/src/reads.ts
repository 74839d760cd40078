import { z } from "zod";
import type { Argument } from "./dataset.ts";

/** File below `./input` → the function of pandas that reads it, and the arguments without which it is read incorrectly. */
export type Reads = Readonly<
  Record<string, { readonly call: string; readonly args: Readonly<Record<string, Argument>> }>
>;

export const argument: z.ZodType<Argument> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.record(z.string(), z.string()),
]);

/** Of `Reads` as a run records them. An entry of its own: a record is read without what reads data. */
export const reads: z.ZodType<Reads> = z.record(
  z.string(),
  z.object({ call: z.string(), args: z.record(z.string(), argument) }),
);
