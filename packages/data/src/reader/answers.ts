import { z } from "zod";
import type { Table } from "../dataset.ts";
import { argument } from "../reads.ts";

const problem = z.object({
  kind: z.enum(["mixed-encoding", "row-width", "json-lines", "unreadable", "labels-misaligned"]),
  facts: z.record(z.string(), z.string()),
});

/** What the Python program answers: a value, what a person must put right, or a failure of its own. */
export const answer = z.union([
  z.object({ value: z.unknown() }),
  z.object({ problem }),
  z.object({ crash: z.string() }),
]);

const column = z.object({
  name: z.string(),
  position: z.number(),
  type: z.enum(["integer", "number", "boolean", "category", "text", "date", "empty"]),
  missing: z.number(),
  read: z.number(),
  unique: z.number(),
  range: z.tuple([z.number(), z.number()]).optional(),
  dates: z.tuple([z.string(), z.string()]).optional(),
  dayFirst: z.boolean().optional(),
  values: z.array(z.string()),
  tokens: z.record(z.string(), z.number()).optional(),
  style: z.object({ decimal: z.string(), thousands: z.string().nullable(), unit: z.string().nullable() }).optional(),
});

export const columns = z.array(column);

const table: z.ZodType<Table> = z.object({
  path: z.string(),
  bytes: z.number(),
  format: z.enum(["csv", "json", "json-lines", "parquet", "excel"]),
  call: z.string(),
  args: z.record(z.string(), argument),
  rows: z.number(),
  headerless: z.boolean(),
  columns,
});

export const described = z.array(z.union([table, z.object({ path: z.string(), problem }), z.null()]));

export type Problem = z.output<typeof problem>;

const relation = z.object({
  rows: z.tuple([z.number(), z.number()]),
  unique: z.tuple([z.number(), z.number()]),
  shared: z.number(),
  aligned: z.boolean(),
});

/** How the rows of two tables agree in some columns, as sets of tuples. */
export type Relation = z.output<typeof relation>;

export const related = z.array(relation);

export const surveyed = z.object({
  rows: z.number(),
  labelled: z.number(),
  classes: z.array(z.tuple([z.string(), z.number()])).optional(),
  codes: z.string().optional(),
  groups: z.string().optional(),
});

export const ordinals = z.array(z.number());

export const laidOut = z.object({
  keys: z.array(z.string()),
  truth: z.array(z.tuple([z.string(), z.array(z.string())])),
  train: z.array(z.array(z.string())),
  finalKeys: z.array(z.string()),
});

/** Keys of the rows to predict, labels of those held back, labels of the rest. */
export type LaidOutRows = z.output<typeof laidOut>;

const finding = z.object({
  path: z.string(),
  column: z.string(),
  target: z.string(),
  by: z.string(),
  rows: z.number(),
  agreed: z.number(),
  certain: z.boolean(),
});

/** A column that agrees with the target on held-back rows. */
export type Finding = z.output<typeof finding>;

export const searched = z.object({
  findings: z.array(finding.extend({ at: z.array(z.number()) })),
  opaque: z.array(z.string()),
});

export type Searched = z.infer<typeof searched>;

export const scanned = z.object({ findings: z.array(finding), opaque: z.array(z.string()) });
