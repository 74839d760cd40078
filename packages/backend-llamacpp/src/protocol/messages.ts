import type { Capability, Finish, GenerateRequest } from "@aide-ts/plugin";
import { z } from "zod";

/** All that passes between this process and the child that runs the model. Both sides check what they are sent. */
const Settings = z.object({
  /** A file that finds node-llama-cpp. */
  library: z.string(),
  modelPath: z.string(),
  contextTokens: z.int(),
  threads: z.int(),
  sequences: z.int(),
  reuse: z.enum(["prompts", "all"]),
  flashAttention: z.boolean(),
  gpu: z.union([z.literal(false), z.enum(["auto", "cuda", "vulkan", "metal"])]),
  thinking: z.union([z.literal("auto"), z.boolean()]),
  sampling: z.object({
    temperature: z.number(),
    topP: z.number(),
    topK: z.int(),
    minP: z.number(),
    repetitionPenalty: z.number(),
  }),
});

const Request: z.ZodType<GenerateRequest> = z.object({
  messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
  continueFrom: z.object({ reasoning: z.string(), thinking: z.boolean(), text: z.string() }).exactOptional(),
  pauseAfterThought: z.boolean().exactOptional(),
  maxThoughtTokens: z.number().exactOptional(),
  maxTokens: z.number().exactOptional(),
  temperature: z.number().exactOptional(),
  topP: z.number().exactOptional(),
  stop: z.array(z.string()).exactOptional(),
  schema: z.json().exactOptional(),
});

export const ToChild = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("start"), settings: Settings }),
  z.object({ kind: z.literal("describe"), call: z.int() }),
  z.object({ kind: z.literal("count"), call: z.int(), request: Request }),
  z.object({
    kind: z.literal("generate"),
    call: z.int(),
    request: Request,
    seed: z.int().min(0).max(0xffff_ffff),
    grantedTokens: z.number(),
  }),
  z.object({ kind: z.literal("abort"), call: z.int() }),
]);

const Failure = z.object({
  code: z.templateLiteral(["AIDE_", z.string()]),
  message: z.string(),
  fix: z.string(),
  fault: z.enum(["user", "plugin", "backend", "internal"]),
  facts: z.record(z.string(), z.string()).exactOptional(),
  transient: z.boolean().exactOptional(),
});

const Description = z.object({
  contextTokens: z.int(),
  thinking: z.boolean(),
  details: z.record(z.string(), z.json()),
});

const finish: z.ZodType<Finish> = z.enum([
  "stop",
  "stop-sequence",
  "thought-end",
  "length",
  "length-in-thought",
  "repetition",
  "aborted",
]);

const Generated = z.object({
  text: z.string(),
  reasoning: z.string(),
  finish,
  usage: z.object({ prompt: z.int(), cached: z.int(), reasoning: z.int(), answer: z.int() }),
  /** Until the first token, from when the child got the request; of the whole call where none came. */
  firstTokenMs: z.number(),
});

export const FromChild = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("load"), call: z.int(), fraction: z.number() }),
  z.object({ kind: z.literal("prefill"), call: z.int(), evaluated: z.int(), total: z.int() }),
  z.object({ kind: z.literal("text"), call: z.int(), delta: z.string(), reasoning: z.boolean(), tokens: z.int() }),
  z.object({ kind: z.literal("described"), call: z.int(), description: Description }),
  z.object({ kind: z.literal("counted"), call: z.int(), tokens: z.int() }),
  z.object({ kind: z.literal("generated"), call: z.int(), generated: Generated }),
  z.object({ kind: z.literal("failed"), call: z.int(), failure: Failure }),
]);

export type Settings = z.output<typeof Settings>;
export type Failure = z.output<typeof Failure>;
export type Description = z.output<typeof Description>;
export type Generated = z.output<typeof Generated>;
export type ToChild = z.output<typeof ToChild>;
export type FromChild = z.output<typeof FromChild>;
export type Progress = Extract<FromChild, { kind: "load" | "prefill" | "text" }>;
export type Answer = Exclude<FromChild, Progress>;

export const capabilitiesOf = (description: Pick<Description, "thinking">): readonly Capability[] => [
  "continuation",
  "jsonSchema",
  "seed",
  ...(description.thinking ? (["thoughtBudget"] as const) : []),
];
