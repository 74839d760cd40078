import { z } from "zod";
import { maxDebugDepthOption } from "../journal/operator.ts";
import { boundsOption } from "../journal/score-range.ts";
import { memoryOption } from "../policy/memory.ts";

const positive = z.number().positive();

export const options = z.strictObject({
  prior: z
    .enum(["gaussian", "beta"])
    .default("gaussian")
    .describe("What is thought of a mean reward before any is seen."),
  gaussian: z
    .strictObject({
      mean: z.number().default(0),
      kappa: positive.default(1),
      nu: positive.default(1),
      tauSquared: positive.default(0.1),
    })
    .prefault({})
    .describe("The normal–inverse-χ² prior."),
  beta: z
    .strictObject({ a: positive.default(0.5), b: positive.default(0.5) })
    .prefault({})
    .describe("The beta prior."),
  roles: z
    .array(z.string().min(1))
    .default([])
    .describe("Roles whose models write, one chosen for each solution; the code role without."),
  crossover: z
    .boolean()
    .default(false)
    .describe("Whether a valid solution may also be combined with the best other one."),
  actionChoice: z
    .enum(["thompson", "ucb", "stack"])
    .default("thompson")
    .describe(
      "How role and operator are chosen: over the whole tree, or with stack at each node before anything else.",
    ),
  bounds: boundsOption,
  maxDebugDepth: maxDebugDepthOption,
  memory: memoryOption,
});

export type AbMctsOptions = z.output<typeof options>;
