import { historyOf, type Event } from "@aide-ts/core";
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
export const inUnit = ({ prompt, cached, reasoning, answer }: Tokens, unit: Plan["tokens"]): number => {
  const generated = reasoning + answer;
  switch (unit) {
    case "generated":
      return generated;
    case "generated-and-uncached":
      return generated + prompt - cached;
    case "all":
      return generated + prompt;
  }
};

/** What a run's log says was used, by role and phase. Calls that died with their process are counted, with what they might have used. */
export interface Ledger {
  readonly uses: readonly {
    readonly role: string;
    readonly phase: string;
    readonly calls: number;
    readonly tokens: Tokens;
  }[];
  readonly total: Tokens;
  readonly lostCalls: number;
  readonly executions: number;
  readonly executorSeconds: number;
}

export const ledgerOf = (events: readonly Event[]): Ledger => {
  const uses = new Map<string, { role: string; phase: string; calls: number; tokens: Tokens }>();
  let total = noTokens;
  let lostCalls = 0;
  let executions = 0;
  let executorSeconds = 0;
  for (const bill of historyOf(events).bills) {
    if (bill.kind === "execution") {
      executions += 1;
      executorSeconds += bill.seconds;
    } else if (bill.kind === "lost-call") lostCalls += 1;
    else {
      const { role, phase, usage } = bill;
      const key = `${role} ${phase}`;
      const { calls, tokens } = uses.get(key) ?? { calls: 0, tokens: noTokens };
      uses.set(key, { role, phase, calls: calls + 1, tokens: addTokens(tokens, usage) });
      total = addTokens(total, usage);
    }
  }
  return { uses: [...uses.values()], total, lostCalls, executions, executorSeconds };
};
