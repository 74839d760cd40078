/** What a dense decoder's config.json says of its size. */
export interface ModelShape {
  /** num_hidden_layers */
  readonly layers: number;
  /** hidden_size */
  readonly hidden: number;
  /** intermediate_size, of the gated feed-forward network (SwiGLU) */
  readonly intermediate: number;
  /** num_attention_heads */
  readonly heads: number;
  /** num_key_value_heads: fewer than heads where these share keys and values */
  readonly kvHeads: number;
  /** head_dim, else hidden_size / num_attention_heads */
  readonly headDim: number;
  /** vocab_size */
  readonly vocabulary: number;
  /** max_position_embeddings */
  readonly contextTokens: number;
  /** Queries, keys and values have biases, as in Qwen2 */
  readonly attentionBias: boolean;
  /** tie_word_embeddings: input and output share one matrix */
  readonly tiedEmbeddings: boolean;
}

/** Parameters by what quantisation does with them. */
export interface Parameters {
  /** Matrices of the layers, which quantisation shrinks. */
  readonly linear: number;
  /** Embeddings, the output matrix, norms and biases, which stay at 16 bits. */
  readonly rest: number;
  readonly total: number;
}

/**
 * Counts parameters: for each layer the four matrices of attention, the three of SwiGLU and two RMS norms; the embeddings, the output matrix and a last
 * norm. Exact for Llama and Qwen2 as transformers' modeling_llama.py and modeling_qwen2.py build them.
 */
export const parametersOf = (shape: ModelShape): Parameters => {
  const { layers, hidden, intermediate, heads, kvHeads, headDim, vocabulary, attentionBias, tiedEmbeddings } = shape;
  const attention = 2 * hidden * heads * headDim + 2 * hidden * kvHeads * headDim;
  const linear = layers * (attention + 3 * hidden * intermediate);
  const biases = attentionBias ? (heads + 2 * kvHeads) * headDim : 0;
  const rest = vocabulary * hidden * (tiedEmbeddings ? 1 : 2) + layers * (2 * hidden + biases) + hidden;
  return { linear, rest, total: linear + rest };
};
