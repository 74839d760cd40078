import { Budget, type RunConfig } from "@aide-ts/core";
import { isStop, type AideError } from "@aide-ts/plugin";
import { coderCallsOf, coderTimes, stepCalls, type Link } from "./chain-cost.ts";
import { limitsOf, priceOf } from "./limits.ts";
import { counted } from "../report/report.ts";
import { noCallCovered, noScriptCovered } from "../errors/composition.ts";

type BudgetConfig = Pick<RunConfig, "budget" | "prices" | "sampling" | "backend"> & {
  readonly coder: Pick<RunConfig["coder"], "form" | "drafts">;
};

/** What the budget calls its limits → the config's keys. */
const keys: Readonly<Record<string, string>> = {
  tokens: "budget.tokens",
  "prompt tokens": "budget.tokens.prompt",
  "reasoning tokens": "budget.tokens.reasoning",
  "answer tokens": "budget.tokens.answer",
  money: "budget.cost",
  executions: "budget.executions",
};

/**
 * Refuses a budget in which no step can make even its first call, or run a script: a call starts only if all that it may use fits. Where the chain
 * may draft without the coder, nothing is refused; limits of single roles are not looked at, because a search may choose the role.
 * @throws AIDE_BUDGET_TOO_SMALL
 */
export const checkBudget = async (chain: readonly Link[], config: BudgetConfig): Promise<void> => {
  if (coderTimes(chain, "draft")[0] === 0) return;
  const [calls] = stepCalls(chain, "draft", coderCallsOf(config.coder));
  const granted = config.sampling.maxTokens;
  const model = config.backend.options["model"];
  const budget = new Budget(
    { ...limitsOf(config.budget), roleTokens: undefined },
    () => (typeof model === "string" ? priceOf(config.prices, model) : undefined),
    { bills: [], limits: [] },
  );
  try {
    if (calls > 0) (await budget.reserve({ role: "code", phase: "code", prompt: 1, granted }))(undefined);
    budget.startExecution();
  } catch (error) {
    const [reached] = budget.gone;
    if (!isStop(error) || reached === undefined) throw error;
    throw tooSmall(reached, calls, granted);
  }
};

const tooSmall = ({ name, amount }: { name: string; amount: number }, calls: number, granted: number): AideError => {
  const key = keys[name] ?? "budget";
  const limit = amount.toLocaleString("en");
  const callsOfStep = counted(calls, "call");
  const isCount = name === "tokens" || name === "reasoning tokens" || name === "answer tokens";
  if (name === "executions") return noScriptCovered(key, limit);
  const enough = isCount ? (calls * granted).toLocaleString("en") : undefined;
  return noCallCovered(key, limit, granted.toLocaleString("en"), callsOfStep, enough);
};
