import type { Usage } from "@aide-ts/plugin";
import type { Price } from "./limits.ts";

/** What calls have used, in tokens. `estimated`: calls of which the server did not say what they used; `lost`: allowances of calls whose end nobody saw, because their process was killed. */
export interface Spending {
  readonly calls: number;
  readonly prompt: number;
  readonly cached: number;
  readonly reasoning: number;
  readonly answer: number;
  readonly estimated: number;
  readonly lost: number;
}

export const nothingSpent: Spending = {
  calls: 0,
  prompt: 0,
  cached: 0,
  reasoning: 0,
  answer: 0,
  estimated: 0,
  lost: 0,
};

export const withCall = (spent: Spending, usage: Usage): Spending => ({
  ...spent,
  calls: spent.calls + 1,
  prompt: spent.prompt + usage.prompt,
  cached: spent.cached + usage.cached,
  reasoning: spent.reasoning + usage.reasoning,
  answer: spent.answer + usage.answer,
  estimated: spent.estimated + (usage.estimated ? 1 : 0),
});

export const together = (all: readonly Spending[]): Spending =>
  all.reduce(
    (sum, one) => ({
      calls: sum.calls + one.calls,
      prompt: sum.prompt + one.prompt,
      cached: sum.cached + one.cached,
      reasoning: sum.reasoning + one.reasoning,
      answer: sum.answer + one.answer,
      estimated: sum.estimated + one.estimated,
      lost: sum.lost + one.lost,
    }),
    nothingSpent,
  );

/** What two calls have used together; `undefined` where nothing is known of either. */
export const addUsage = (a: Usage | undefined, b: Usage | undefined): Usage | undefined =>
  a === undefined || b === undefined
    ? (a ?? b)
    : {
        prompt: a.prompt + b.prompt,
        cached: a.cached + b.cached,
        reasoning: a.reasoning + b.reasoning,
        answer: a.answer + b.answer,
        estimated: a.estimated || b.estimated,
      };

/** Tokens in the budget's unit: those that a model had to evaluate or write. */
export const billedTokens = (usage: Pick<Usage, "prompt" | "cached" | "reasoning" | "answer">): number =>
  usage.reasoning + usage.answer + usage.prompt - usage.cached;

/** Calls that were lost cost nothing: what they came to is not known. */
export const costOf = (usage: Pick<Usage, "prompt" | "cached" | "reasoning" | "answer">, price: Price): number =>
  ((usage.prompt - usage.cached) * price.prompt +
    usage.cached * price.cached +
    (usage.reasoning + usage.answer) * price.answer) /
  1_000_000;
