import type { ModelShape } from "./model-shape.ts";

const qwen = { headDim: 128, contextTokens: 131_072, attentionBias: true, tiedEmbeddings: false };
const llama = {
  headDim: 128,
  contextTokens: 131_072,
  attentionBias: false,
  tiedEmbeddings: false,
  vocabulary: 128_256,
};

/**
 * The six DeepSeek-R1-Distill models by their short names, from https://huggingface.co/deepseek-ai/DeepSeek-R1-Distill-…/blob/main/config.json.
 * Architectures of Qwen2.5-Math-1.5B and 7B, Llama-3.1-8B, Qwen2.5-14B and 32B, Llama-3.3-70B.
 */
export const distillShapes: Readonly<Record<string, ModelShape>> = {
  "deepseek-1.5b": {
    ...qwen,
    layers: 28,
    hidden: 1536,
    intermediate: 8960,
    heads: 12,
    kvHeads: 2,
    vocabulary: 151_936,
  },
  "deepseek-7b": {
    ...qwen,
    layers: 28,
    hidden: 3584,
    intermediate: 18_944,
    heads: 28,
    kvHeads: 4,
    vocabulary: 152_064,
  },
  "deepseek-8b": { ...llama, layers: 32, hidden: 4096, intermediate: 14_336, heads: 32, kvHeads: 8 },
  "deepseek-14b": {
    ...qwen,
    layers: 48,
    hidden: 5120,
    intermediate: 13_824,
    heads: 40,
    kvHeads: 8,
    vocabulary: 152_064,
  },
  "deepseek-32b": {
    ...qwen,
    layers: 64,
    hidden: 5120,
    intermediate: 27_648,
    heads: 40,
    kvHeads: 8,
    vocabulary: 152_064,
  },
  "deepseek-70b": { ...llama, layers: 80, hidden: 8192, intermediate: 28_672, heads: 64, kvHeads: 8 },
};
