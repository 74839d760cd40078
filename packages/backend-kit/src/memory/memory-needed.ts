import { parametersOf, type ModelShape } from "./model-shape.ts";

/** How the matrices of the layers are kept. */
export type WeightBits = "16bit" | "8bit" | "4bit";

/**
 * Bits of a weight with its scales. 8 bits, of LLM.int8() or fp8: one scale a row or a tensor, which is nothing beside the row. 4 bits, of NF4: one
 * 32-bit scale for each 64 weights (Dettmers et al. 2023, QLoRA, section 3, https://arxiv.org/abs/2305.14314); quantising the scales too, which not
 * every server does, would leave 4.127.
 */
export const bitsPerWeight: Readonly<Record<WeightBits, number>> = { "16bit": 16, "8bit": 8, "4bit": 4 + 32 / 64 };

/** Embeddings, norms and the cache are 16 bits wide. */
const wideBytes = 2;
/** Assumed for CUDA's context and libraries, recorded graphs and what the allocator leaves unused, on each GPU. */
const runtimeBytes = 1.5 * 2 ** 30;
/** Assumed: prompts are read in pieces of so many tokens (vLLM's max_num_batched_tokens on large GPUs). */
const pieceTokens = 8192;

export interface MemoryRequest {
  readonly shape: ModelShape;
  /** Bits of a weight in the layers' matrices, scales included: `bitsPerWeight`. */
  readonly bits: number;
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Answers at a time, each with a whole context. Default: 1. */
  readonly sequences?: number;
  /** GPUs that share the model by tensor parallelism. Default: 1. */
  readonly gpus?: number;
}

/** In bytes. */
export interface MemoryNeeded {
  readonly weights: number;
  readonly cache: number;
  readonly overhead: number;
  /** On all GPUs together. */
  readonly total: number;
  /** On each of them. */
  readonly perGpu: number;
}

/**
 * Memory that a model needs to answer, in bytes.
 *
 * - weights: parameters of the layers' matrices × bits / 8, the others × 2
 * - cache: 2 (keys and values) × layers × key-value heads × head dimension × 2 bytes × tokens (Pope et al. 2022, Efficiently Scaling Transformer
 *   Inference, section 3.3, https://arxiv.org/abs/2211.05102); GPUs beyond the number of key-value heads hold copies
 * - overhead, an assumption: 1.5 GiB on each GPU, and the activations of 8192 tokens of a prompt: four vectors of the hidden size and two of the
 *   feed-forward network at a time, of 2 bytes
 */
export const memoryNeeded = ({ shape, bits, contextTokens, sequences = 1, gpus = 1 }: MemoryRequest): MemoryNeeded => {
  const { linear, rest } = parametersOf(shape);
  const weights = (linear * bits) / 8 + rest * wideBytes;
  const cache = cacheBytesPerToken(shape, gpus) * contextTokens * sequences;
  const activations = pieceTokens * wideBytes * (4 * shape.hidden * gpus + 2 * shape.intermediate);
  const overhead = runtimeBytes * gpus + activations;
  const total = weights + cache + overhead;
  return { weights, cache, overhead, total, perGpu: total / gpus };
};

/** Bytes of one token's keys and values, on all GPUs together. */
export const cacheBytesPerToken = ({ layers, kvHeads, headDim }: ModelShape, gpus = 1): number =>
  2 * layers * Math.max(kvHeads, gpus) * headDim * wideBytes;

/** Whether so many GPUs can share a model: each takes the same number of heads. */
export const canShare = ({ heads, kvHeads }: ModelShape, gpus: number): boolean =>
  heads % gpus === 0 && (kvHeads % gpus === 0 || gpus % kvHeads === 0);

/** The longest context that fits into `bytesPerGpu` on each GPU, in tokens, at most the model's own; 0 where not even the weights do. */
export const largestContext = (request: Omit<MemoryRequest, "contextTokens">, bytesPerGpu: number): number => {
  const { shape, gpus = 1, sequences = 1 } = request;
  const left = bytesPerGpu * gpus - memoryNeeded({ ...request, contextTokens: 0 }).total;
  const tokens = Math.floor(left / (cacheBytesPerToken(shape, gpus) * sequences));
  return Math.max(0, Math.min(shape.contextTokens, tokens));
};
