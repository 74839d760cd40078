import type { Config, Limits, Price } from "@aide-ts/core";

/** A config's budget as the engine takes it. */
export const limitsOf = ({ steps, tokens, cost, executions, executorTime, time }: Config["budget"]): Limits => ({
  steps,
  tokens: tokens?.total,
  promptTokens: tokens?.prompt,
  reasoningTokens: tokens?.reasoning,
  answerTokens: tokens?.answer,
  roleTokens: tokens?.roles,
  cost,
  executions,
  executorSeconds: executorTime,
  seconds: time,
});

/** What a model costs. Prompt tokens that its server kept cost as much as others where no price says otherwise. */
export const priceOf = (prices: Config["prices"], model: string): Price | undefined => {
  const price = prices[model];
  return price === undefined
    ? undefined
    : { prompt: price.prompt, cached: price.cached ?? price.prompt, answer: price.answer };
};
