import type { RunConfig } from "@aide-ts/core";
import type { Range, Shape } from "@aide-ts/plugin";

export interface Link {
  readonly shape?: Shape | undefined;
}

/** What one strategy does when it is asked with an operator. */
export interface LinkCost {
  readonly own: Range;
  readonly next: Range;
  readonly perCall: Range;
  /** What the next one is asked with. */
  readonly asked: string;
}

const none: Range = [0, 0];

/** The coder asks once, and again where an answer without code can be continued. */
export const coderCalls: Range = [1, 2];

/** Calls of the coder of a config: one of defaults asks no model, and one of functions none for first scripts. */
export const coderCallsOf = ({ form, drafts }: Pick<RunConfig["coder"], "form" | "drafts">): Range => {
  if (form === "defaults") return none;
  return form === "blocks" && drafts === "defaults" ? [0, coderCalls[1]] : coderCalls;
};

const once: Range = [1, 1];
/** Of a strategy that describes nothing of itself. */
const anything: Range = [0, Number.POSITIVE_INFINITY];

/** What a strategy costs when it is asked with this operator, without what the inner ones cost. */
export const linkCost = ({ shape }: Link, operator: string): LinkCost => {
  if (shape === undefined) return { own: anything, next: anything, perCall: once, asked: operator };
  const { generations, next, operators, replaces = [], asks = {}, perCall = once } = shape;
  if (operators?.includes(operator) === false) return { own: none, next: once, perCall: once, asked: operator };
  return {
    own: generations,
    next: replaces.includes(operator) ? none : next,
    perCall,
    asked: asks[operator] ?? operator,
  };
};

/** Model calls of one step of a search around a chain, outermost first: calls of its own, and next × inner for each strategy. */
export const stepCalls = (chain: readonly Link[], operator: string, coder = coderCalls): Range => {
  const [outer, ...inner] = chain;
  if (outer === undefined) return coder;
  const { own, next, perCall, asked } = linkCost(outer, operator);
  return sum(own, product(next, product(perCall, stepCalls(inner, asked, coder))));
};

/** Times that the coder is asked in one step. */
export const coderTimes = (chain: readonly Link[], operator: string): Range => {
  const [outer, ...inner] = chain;
  if (outer === undefined) return once;
  const { next, asked } = linkCost(outer, operator);
  return product(next, coderTimes(inner, asked));
};

const sum = (a: Range, b: Range): Range => [a[0] + b[0], a[1] + b[1]];

const product = (a: Range, b: Range): Range => [times(a[0], b[0]), times(a[1], b[1])];

/** Nothing stays nothing, however often it is done. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
