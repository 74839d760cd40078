import { messageOf } from "@aide-ts/plugin";
import { z } from "zod";
import { poolUnreadable } from "../errors.ts";

const cell = z.union([z.number(), z.string()]);

const seen = z.discriminatedUnion("valid", [
  z.strictObject({ valid: z.literal(true), score: z.number() }),
  z.strictObject({ valid: z.literal(false), cause: z.string().min(1) }),
]);

const node = z.strictObject({
  /** `<run>/<solution>`; the run by its place in `runs`. */
  id: z.string().min(1),
  /** What made it; `given` for a script that the user brought. */
  operator: z.string().min(1),
  parents: z.array(z.string()),
  seen,
  /** Billed tokens of its proposal, shared evenly among what the proposal made. */
  tokens: z.number().nonnegative(),
  /** Running time of its script. */
  seconds: z.number().nonnegative(),
  /** Hash of its script; empty where the model wrote none. */
  code: z.string(),
  /** What it submitted: the cells of each column that `submission` leaves open, from top to bottom. */
  predictions: z.array(z.array(cell)).exactOptional(),
});

const pool = z.strictObject({
  format: z.literal("aide-pool"),
  version: z.literal(1),
  task: z.strictObject({ goal: z.string(), metric: z.string(), direction: z.enum(["maximize", "minimize"]) }),
  /** Runs that it was frozen from. `config`: hash of all that decided what the run did. */
  runs: z.array(z.strictObject({ name: z.string(), model: z.string(), seed: z.number(), config: z.string() })),
  /** Columns of all submissions, in order; the cells of those that are the same in all, as ids are, and null for the others. */
  submission: z.array(z.strictObject({ column: z.string(), cells: z.array(z.string()).nullable() })).exactOptional(),
  nodes: z.array(node).min(1),
});

/** Drafts and transitions of finished runs, with what became of each. */
export type Pool = z.output<typeof pool>;
export type PoolNode = z.output<typeof node>;

/**
 * Reads a pool from the text of its file.
 * @throws AIDE_POOL_UNREADABLE where it is no pool, names parents that are not in it, or none of its drafts is there.
 */
export const parsePool = (text: string, file: string): Pool => {
  try {
    return checked(pool.parse(JSON.parse(text)));
  } catch (cause) {
    throw poolUnreadable(file, messageOf(cause), cause);
  }
};

const checked = (read: Pool): Pool => {
  const ids = new Set(read.nodes.map(({ id }) => id));
  const lost = read.nodes.find(({ parents }) => parents.some((parent) => !ids.has(parent)));
  if (ids.size < read.nodes.length) throw new TypeError("Two nodes have one id.");
  if (lost !== undefined) throw new TypeError(`A parent of ${lost.id} is not in it.`);
  return read;
};

/** The text of a pool's file: a line for each node, so that differences can be read. */
export const renderPool = ({ nodes, ...rest }: Pool): string => {
  const head = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  return `{\n${head.join("")}  "nodes": [\n${nodes.map((one) => `    ${JSON.stringify(one)}`).join(",\n")}\n  ]\n}\n`;
};
