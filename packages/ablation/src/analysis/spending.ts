import { meanOfAny } from "@aide-ts/statistics";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { inUnit, type Ledger } from "../outcomes/tokens.ts";
import type { Plan } from "../plan/plan.ts";

/** What the cells of an arm used: means of a cell, and the most of one. */
export interface ArmSpending {
  readonly arm: string;
  readonly calls: number;
  readonly reasoning: number;
  readonly answer: number;
  readonly prompt: number;
  /** Of the prompt tokens. */
  readonly cached: number;
  /** Of one cell, in the ablation's unit. */
  readonly mostTokens: number;
  /** Scripts whose score the search saw. */
  readonly queries: number;
  readonly executions: number;
  readonly executorSeconds: number;
  /** Of all cells; nothing without prices. */
  readonly cost: number | undefined;
}

export const spendingOf = (plan: Plan, arm: string, outcomes: readonly CellOutcome[]): ArmSpending => {
  const cells = outcomes.filter((cell) => cell.arm === arm && cell.ending !== undefined);
  const averaged = (of: (ledger: Ledger, cell: CellOutcome) => number): number =>
    meanOfAny(cells.map((cell) => of(cell.ledger, cell))) ?? 0;
  const costs = cells.flatMap(({ ledger }) => ledger.cost ?? []);
  return {
    arm,
    calls: averaged(({ uses }) => uses.reduce((sum, { spent }) => sum + spent.calls, 0)),
    reasoning: averaged(({ total }) => total.reasoning),
    answer: averaged(({ total }) => total.answer),
    prompt: averaged(({ total }) => total.prompt),
    cached: averaged(({ total }) => total.cached),
    mostTokens: Math.max(0, ...cells.map(({ ledger }) => inUnit(ledger.total, plan.tokens))),
    queries: averaged((_ledger, { queries }) => queries),
    executions: averaged(({ executions }) => executions),
    executorSeconds: averaged(({ executorSeconds }) => executorSeconds),
    cost: costs.length === 0 ? undefined : costs.reduce((sum, one) => sum + one, 0),
  };
};
