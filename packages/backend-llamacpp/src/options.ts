import { z } from "zod";

export const options = z.strictObject({
  model: z.string().min(1).default("qwen2.5-coder-1.5b").describe("Name in the catalogue, or path of a .gguf file."),
  contextTokens: z.number().int().min(256).default(8192).describe("Tokens of prompt and answer together, at most the model's own."),
  threads: z.number().int().min(1).optional().describe("CPU threads; all cores without."),
  gpu: z.union([z.literal(false), z.enum(["auto", "cuda", "vulkan", "metal"])]).default(false),
  temperature: z.number().min(0).default(0.7).describe("0 is greedy."),
  topP: z.number().min(0).max(1).default(0.8).describe("Nucleus sampling."),
  topK: z.number().int().min(0).default(20),
  minP: z.number().min(0).max(1).default(0),
  repeatPenalty: z.number().min(1).default(1).describe("1 is none."),
});

export type LlamaOptions = z.output<typeof options>;
