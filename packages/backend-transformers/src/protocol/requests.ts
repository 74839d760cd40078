import type { Body } from "@aide-ts/backend-openai";
import type { GenerateRequest } from "@aide-ts/plugin";
import type { TransformersOptions } from "../options.ts";

/**
 * The fields of chats and completions. The server samples only where `generation_config` says so, which replaces the model's own: so all of it is
 * given, what ends an answer as well. Fields that it does not know are an error to it.
 */
export const requestFields = (
  { temperature = undefined, topP = undefined }: Pick<GenerateRequest, "temperature" | "topP">,
  options: TransformersOptions,
  {
    model,
    endTokens,
    seed,
    maxTokens,
  }: {
    readonly model: string;
    readonly endTokens: readonly number[];
    readonly seed: number;
    readonly maxTokens: number;
  },
): Body => {
  const heat = temperature ?? options.temperature;
  return {
    model,
    max_tokens: maxTokens,
    temperature: heat,
    top_p: topP ?? options.topP,
    seed: seed % 2 ** 31,
    generation_config: JSON.stringify({
      do_sample: heat > 0,
      top_k: options.topK,
      min_p: options.minP === 0 ? null : options.minP,
      repetition_penalty: options.repetitionPenalty,
      max_new_tokens: maxTokens,
      ...(endTokens.length === 0 ? {} : { eos_token_id: endTokens, pad_token_id: endTokens[0] }),
    }),
  };
};
