import { availableParallelism } from "node:os";
import { z } from "zod";

export const options = z.strictObject({
  model: z
    .string()
    .min(1)
    .default("qwen2.5-coder-1.5b")
    .describe("A model of the catalogue (aide models list), or the path of a .gguf file."),
  contextTokens: z
    .int()
    .min(256)
    .default(8192)
    .describe("Tokens that prompt and answer may have together. The model's own limit caps it."),
  threads: z
    .int()
    .min(1)
    .max(512)
    .default(() => availableParallelism())
    .describe(
      "The most CPU threads; fewer while other programs need the cores. Default: the cores that this process may use.",
    ),
  sequences: z
    .int()
    .min(1)
    .max(256)
    .default(3)
    .describe(
      "Prompts whose evaluated tokens are kept, for calls that begin alike. Each takes contextTokens of memory.",
    ),
  reuse: z
    .enum(["prompts", "all"])
    .default("prompts")
    .describe(
      "What a later prompt may reuse. `prompts`: same seed, same text. `all`: answers too, which is faster, but not repeatable.",
    ),
  flashAttention: z
    .boolean()
    .default(false)
    .describe(
      "On a CPU: a tenth faster on new prompts, but the text of a seed then depends on how many threads ran. GPUs decide themselves.",
    ),
  gpu: z
    .union([z.literal(false), z.enum(["auto", "cuda", "vulkan", "metal"])])
    .default(false)
    .describe("Where the model runs. A GPU needs its binary package of node-llama-cpp."),
  thinking: z
    .union([z.literal("auto"), z.boolean()])
    .default("auto")
    .describe(
      "Whether <think>…</think> is reasoning and not text. `auto`: if the model's chat template knows the tag.",
    ),
  temperature: z.number().min(0).max(5).default(0.7).describe("0 takes the likeliest token always."),
  topP: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe("Nucleus sampling: the likeliest tokens that together have this probability."),
  topK: z.int().min(0).default(20).describe("The k likeliest tokens; 0 for all."),
  minP: z.number().min(0).max(1).default(0).describe("Tokens at least this fraction as likely as the likeliest."),
  repeatPenalty: z
    .number()
    .min(1)
    .max(2)
    .default(1.05)
    .describe("Divides the score of each token among the last 64 of the answer; 1 is off."),
});

export type LlamacppOptions = z.output<typeof options>;
