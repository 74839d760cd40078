import { suggest, type ItsOptions, type Use } from "@aide-ts/core";
import { strategyUnknown } from "./errors.ts";

const use = (name: string, options: Readonly<Record<string, unknown>> = {}): Use => ({ use: name, options });

/** As the fork reflects: two phases, once, on the whole script, and whatever comes of it is kept. */
const reflection = (options: Readonly<Record<string, unknown>>): Use =>
  use("reflection", { ...options, rounds: 1, accept: "always", form: "script", scope: "off", reduce: "off" });

const onFailedDrafts = reflection({ trigger: "onFailure", operators: ["draft"] });
const onEachPart = reflection({ trigger: "always", operators: ["segment"] });
/** The strategy whose model `agent.code.planner_model` is. */
export const planner = "plan-then-code";
const plan = use(planner);

type Chain = (options: ItsOptions) => readonly Use[];

const chains: ReadonlyMap<string, Chain> = new Map<string, Chain>([
  ["Baseline", () => []],
  ["none", () => []],
  ["self-reflection", () => [onFailedDrafts]],
  ["planner", () => [plan]],
  ["Split-planner-coder", () => [plan]],
  ["code-chain", () => [plan, use("code-chain")]],
  ["codechain_v2", () => [plan, use("code-chain"), onEachPart]],
  ["codechain_v3", () => [plan, use("code-chain", { chunk: 2 }), onEachPart]],
  ["chain-reflect", () => [onFailedDrafts, plan, use("code-chain")]],
  [
    "self-consistency",
    ({ selfConsistency: { num_responses, selection_strategy } = {} }) => [
      use("self-consistency", {
        samples: num_responses ?? 3,
        select: selection_strategy === "interpreter_first_success" ? "first-success" : "best-score",
      }),
    ],
  ],
  ["self-debug", ({ s_star_iterative_debug: { max_rounds } = {} }) => [use("self-debug", { rounds: max_rounds ?? 3 })]],
]);

/**
 * The chain that stands for a strategy of A. Osman's fork of AIDE (aide-ds, 2025): `agent.ITS_Strategy`. Where the fork chains code, it plans first, plans
 * improvements and repairs as well, and reflects on each part, or on each two.
 * @throws AIDE_STRATEGY_UNKNOWN
 */
export const chainFor = (name: string, options: ItsOptions): readonly Use[] => {
  const chain = chains.get(name);
  if (chain !== undefined) return chain(options);
  const names = [...chains.keys()];
  const meant = suggest(name, names);
  throw strategyUnknown(name, meant, names);
};
