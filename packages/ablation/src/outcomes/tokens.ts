import { billedTokens, Budget, historyOf, type BudgetUse, type Event, type Price } from "@aide-ts/core";
import type { Usage } from "@aide-ts/plugin";
import type { Plan } from "../plan/plan.ts";

/** Tokens that calls used. */
export type Tokens = Pick<Usage, "prompt" | "cached" | "reasoning" | "answer">;

export const noTokens: Tokens = { prompt: 0, cached: 0, reasoning: 0, answer: 0 };

export const addTokens = (a: Tokens, b: Tokens): Tokens => ({
  prompt: a.prompt + b.prompt,
  cached: a.cached + b.cached,
  reasoning: a.reasoning + b.reasoning,
  answer: a.answer + b.answer,
});

/** In the unit that an ablation counts by. */
export const inUnit = (tokens: Tokens, unit: Plan["tokens"]): number => {
  switch (unit) {
    case "generated":
      return tokens.reasoning + tokens.answer;
    case "generated-and-uncached":
      return billedTokens(tokens);
    case "all":
      return tokens.reasoning + tokens.answer + tokens.prompt;
  }
};

/** What a run's log says was used. */
export interface Ledger {
  /** By role and phase. */
  readonly uses: readonly BudgetUse[];
  readonly total: Tokens;
  /** Allowances of calls whose end nobody saw, in tokens. */
  readonly lost: number;
  readonly executions: number;
  readonly executorSeconds: number;
  /** Of the roles whose model has a price; nothing where none has. */
  readonly cost: number | undefined;
}

/** By the run's own accounts, read from its log. */
export const ledgerOf = (events: readonly Event[], priceOf: (role: string) => Price | undefined): Ledger => {
  const { uses, spent, cost } = new Budget({}, priceOf, historyOf(events));
  const { prompt, cached, reasoning, answer, lost, executions, executorSeconds } = spent;
  return { uses, total: { prompt, cached, reasoning, answer }, lost, executions, executorSeconds, cost };
};
