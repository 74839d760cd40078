import { z } from "zod";

// What hooks answer, as far as the engine relies on it. More than that is theirs.
export const tokens = z.number().nonnegative();
const seconds = z.number().nonnegative();

export const candidate = z.looseObject({ plan: z.string(), code: z.string() });

const score = z.looseObject({ value: z.number(), source: z.enum(["held-out", "reported", "review"]) });
const judged = { scores: z.array(score), feedback: z.string() };
export const evaluation = z
  .discriminatedUnion("valid", [
    z.looseObject({ valid: z.literal(true), score, ...judged }),
    z.looseObject({ valid: z.literal(false), cause: z.string(), ...judged }),
  ])
  .optional();

export const capabilities = z.looseObject({ has: z.array(z.string()), contextTokens: z.number().positive() });

export const generation = z.looseObject({
  text: z.string(),
  reasoning: z.string(),
  finish: z.string(),
  usage: z.looseObject({ prompt: tokens, cached: tokens, reasoning: tokens, answer: tokens }),
});

export const environment = z.looseObject({
  python: z.string(),
  packages: z.array(z.looseObject({ name: z.string(), version: z.string() })),
  cpus: z.number().positive(),
  seconds,
});

export const execution = z.looseObject({
  id: z.string(),
  fate: z.enum(["ok", "exception", "timeout", "out-of-memory", "crash", "lost"]),
  output: z.string(),
  seconds,
  artifacts: z.array(z.string()),
});

export const bytes = z.instanceof(Uint8Array);
