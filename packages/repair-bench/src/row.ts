import { z } from "zod";
import { findingKinds } from "@aide-ts/strategy-reflection";

/** What one arm made of one case. */
export const row = z.strictObject({
  case: z.string(),
  task: z.string(),
  kind: z.enum(findingKinds),
  arm: z.string(),
  /** Hash of the model, the arm's strategies, the prompts and the case: a row counts only for these. */
  setup: z.string(),
  /** `not-broken`: the frozen draft is valid here, so that there is nothing to repair. `stopped`: the step was cut, and says why. */
  outcome: z.enum(["fixed", "not-fixed", "not-broken", "stopped"]),
  why: z.string().optional(),
  /** As the strategy notes it of its last round. */
  noted: z.string().optional(),
  score: z.number().optional(),
  /** From the draft to what was chosen, where that is another script. */
  patch: z.strictObject({ editDistance: z.int(), hunks: z.int(), changedRatio: z.number() }).optional(),
  calls: z.int(),
  /** Reasoning, answer, and prompt that was not cached. */
  tokens: z.int(),
  generated: z.int(),
  executions: z.int(),
  seconds: z.number(),
});

export type Row = z.output<typeof row>;
