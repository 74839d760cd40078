import { z } from "zod";
import type { Event } from "./event.ts";

const at = z.number();
const place = z.string();
const texts = z.array(z.string());
const proposal = z.looseObject({
  operator: z.string(),
  parents: texts,
  memory: texts,
  guidance: z.array(z.looseObject({ from: z.string(), title: z.string(), text: z.string() })),
});
/** What a search answers. */
export const ask = z.union([
  z.looseObject({ kind: z.literal("propose"), proposal }),
  z.looseObject({ kind: z.literal("wait") }),
  z.looseObject({ kind: z.literal("done"), reason: z.string() }),
]);
const solution = z.looseObject({ id: z.string(), parents: texts, code: z.string(), plan: z.string() });
const count = z.number().nonnegative();
const spent = z.looseObject({ prompt: count, cached: count, reasoning: count, answer: count }).optional();

const limit = z
  .looseObject({ name: z.string(), amount: z.number(), inFlight: z.looseObject({ calls: count, tokens: count }) })
  .optional();

/** What an event of each type must hold to be gone on from. Values of effects are checked by who asked for them, by their hash. */
const events = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("run-opened"), at, setup: z.string(), details: z.looseObject({}) }),
  z.looseObject({ type: z.literal("hinted"), at, hints: texts }),
  z.looseObject({ type: z.literal("discarded"), at, proposals: z.array(z.number()) }),
  z.looseObject({ type: z.literal("asked"), at, number: z.int().nonnegative(), seen: z.number(), ask }),
  z.looseObject({
    type: z.literal("effect-started"),
    at,
    place,
    kind: z.enum(["generate", "execute", "read", "evaluate", "remaining"]),
    hash: z.string(),
    details: z.looseObject({}),
  }),
  z.looseObject({ type: z.literal("effect-ended"), at, place, spent }),
  z.looseObject({
    type: z.literal("effect-failed"),
    at,
    place,
    error: z.looseObject({ code: z.string(), message: z.string(), fix: z.string() }),
    spent,
  }),
  z.looseObject({ type: z.literal("effect-cut"), at, place, reason: z.string(), spent, limit }),
  z.looseObject({
    type: z.literal("told"),
    at,
    number: z.int().nonnegative(),
    outcome: z.looseObject({ chosen: z.string().optional(), solutions: z.array(solution), notes: z.looseObject({}) }),
  }),
  z.looseObject({ type: z.literal("run-closed"), at, reason: z.string() }),
]);

export const isEvent = (value: unknown): value is Event => events.safeParse(value).success;
