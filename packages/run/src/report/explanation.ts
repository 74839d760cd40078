import { basename } from "node:path";
import type { RunConfig, Use } from "@aide-ts/core";
import type { Need, Range } from "@aide-ts/plugin";
import { coderCallsOf, linkCost, stepCalls } from "../compose/chain-cost.ts";
import { servedBy, type Plugins, type ReadyStrategy } from "../compose/ready.ts";
import { count, type ChainLevel, type Explained } from "./chain.ts";

const operators = ["draft", "improve", "debug"];

/** What a config comes to: the links of its chain with their calls, and the calls and tokens of a step of each operator. */
export const explanationOf = (config: RunConfig, { search, strategies, evaluators }: Plugins): Explained => {
  const { maxTokens } = config.sampling;
  const steps = [...operators, ...search.operators].map((operator) => {
    const calls = stepCalls(strategies, operator, coderCallsOf(config.coder));
    return { operator, calls, tokens: [calls[0] * maxTokens, calls[1] * maxTokens] as const };
  });
  const coder: ChainLevel = {
    name: "coder",
    roles: [roleOf("code", config)],
    own: coderCallsOf(config.coder),
    perCall: [1, 1],
    replaces: [],
    asks: {},
    needs: [],
  };
  return {
    search: search.use,
    levels: [...strategies.map((strategy) => levelOf(strategy, config)), coder],
    maxTokens,
    steps,
    notes: [
      ...(strategies.some(({ needs }) => needs.length > 0)
        ? ["Whether model servers can do what is needed is not known yet: they are asked when a run starts."]
        : []),
      "The coder asks a second time only where its model can go on from an answer without code.",
      ...(evaluators.some(({ use }) => use === "review")
        ? ["A script that nothing else can judge is reviewed: one more call, by the review role."]
        : []),
      ...budgetNotes(config, [
        Math.min(...steps.map(({ calls }) => calls[0])),
        Math.max(...steps.map(({ calls }) => calls[1])),
      ]),
    ],
  };
};

const levelOf = (strategy: ReadyStrategy, config: RunConfig): ChainLevel => {
  const { name, shape, needs } = strategy;
  const [operator = ""] = shape?.operators ?? [];
  const { own, perCall } = linkCost(strategy, operator);
  return {
    name,
    roles: rolesOf(strategy).map((role) => roleOf(role, config)),
    own,
    next: shape?.next ?? [0, Number.POSITIVE_INFINITY],
    perCall,
    operators: shape?.operators,
    replaces: shape?.replaces ?? [],
    asks: shape?.asks ?? {},
    needs: needs.map(needed),
  };
};

const needed = ({ role = "code", anyOf }: Need): string => `${anyOf.join(" or ")} of ${role}`;

/** Roles of a strategy's own calls. */
const rolesOf = ({ shape }: ReadyStrategy): readonly string[] =>
  shape?.generations[1] === 0 ? [] : (shape?.roles ?? ["code"]);

/** With the model that serves it, where that is another than the coder's. */
const roleOf = (role: string, { backend, backends }: RunConfig): string => {
  const served = servedBy(new Map<string, Use>([["code", backend], ...Object.entries(backends)]), role);
  if (served === undefined || (served === backend && role !== "code")) return role;
  const model = served.options["model"];
  return `${role} (${typeof model === "string" ? model : basename(served.use)})`;
};

/** How many steps the budget is good for. */
const budgetNotes = ({ budget, sampling }: RunConfig, calls: Range): readonly string[] => {
  const { steps, tokens } = budget;
  const total = tokens?.total;
  if (total === undefined) return [`The budget is ${count(steps)} steps.`];
  const [fewest, most] = calls.map((each) => Math.floor(total / (each * sampling.maxTokens)));
  const covers = (covered: number | undefined) =>
    covered === undefined || covered >= steps ? `all ${count(steps)}` : covered === 0 ? "none" : count(covered);
  const lines = [
    `The budget is ${count(steps)} steps and ${count(total)} tokens. If every answer is as long as it may be, that covers ${covers(fewest)} with the fewest calls and ${covers(most)} with the most; shorter answers make it more, prompts less.`,
  ];
  const least = calls[0] * sampling.maxTokens;
  return least > total
    ? [
        ...lines,
        `The fewest calls of a step may take ${count(least)} tokens: more than there are. Raise budget.tokens.`,
      ]
    : lines;
};
