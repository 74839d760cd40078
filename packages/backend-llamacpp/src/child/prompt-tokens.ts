import type { LlamaModel, Token } from "node-llama-cpp";
import type { Stretch } from "@aide-ts/backend-kit";

/** Tokens of a rendered prompt. What people wrote never becomes a special token, whatever it spells. */
export const promptTokens = (model: LlamaModel, stretches: readonly Stretch[]): Token[] => {
  const tokens = stretches.flatMap(({ text, special }, index) =>
    model.tokenize(text, special, index === 0 ? undefined : "trimLeadingSpace"),
  );
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
};

/** A tag's own token, where the vocabulary has one. */
export const tagToken = (model: LlamaModel, tag: string): Token | undefined => {
  const tokens = model.tokenize(tag, true, "trimLeadingSpace");
  return tokens.length === 1 ? tokens[0] : undefined;
};
