import { samplingBody, type Body, type SamplingNames } from "@aide-ts/backend-openai";
import type { GenerateRequest } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";

const names: SamplingNames = {
  topK: "top_k",
  minP: "min_p",
  repetitionPenalty: "repetition_penalty",
  allTokens: 0,
};

/**
 * The fields of chats and completions. Sampling is always sent in full: the server would take the model's own defaults for what is left out.
 * Usage comes with every piece, so that a call that is cut is counted, too.
 */
export const requestFields = (
  request: Pick<GenerateRequest, "temperature" | "topP">,
  options: VllmOptions,
  { model, seed, maxTokens }: { readonly model: string; readonly seed: number; readonly maxTokens: number },
): Body => ({
  model,
  ...samplingBody(request, options, names),
  seed,
  max_tokens: maxTokens,
  stream_options: { include_usage: true, continuous_usage_stats: true },
  ...options.body,
});
