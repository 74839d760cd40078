import { isDeepStrictEqual } from "node:util";
import type { Capabilities, Shape } from "@aide-ts/plugin";
import { servedBy, type ReadyStrategy } from "./ready.ts";
import {
  capabilityMissing,
  chainReplaced,
  chainTwice,
  chainUnreached,
  chainWrappedTwice,
} from "../errors/composition.ts";

interface Checked extends Pick<ReadyStrategy, "name" | "options"> {
  readonly shape: Shape | undefined;
}

/**
 * Refuses a chain in which a strategy would not do what its name in the config promises.
 * @throws AIDE_CHAIN_REPLACED, AIDE_CHAIN_UNREACHED, AIDE_CHAIN_TWICE, AIDE_CHAIN_WRAPPED_TWICE
 */
export const checkChain = (strategies: readonly Checked[]): void => {
  checkShapes(strategies);
  checkReached(strategies);
  checkTwice(strategies);
};

/**
 * Refuses a chain in which a strategy never calls those that it surrounds.
 * @throws AIDE_CHAIN_REPLACED
 */
export const checkShapes = (strategies: readonly Pick<Checked, "name" | "shape">[]): void => {
  for (const [at, { name, shape }] of strategies.entries()) {
    const inner = strategies.slice(at + 1).map((strategy) => strategy.name);
    const replaced = shape?.next[1] === 0 ? ["every operator"] : (shape?.replaces ?? []);
    if (inner.length === 0 || replaced.length === 0) continue;
    throw chainReplaced(name, replaced, inner);
  }
};

/** Refuses a strategy that works on nothing, because those around it ask for something else in place of all that it works on. */
const checkReached = (strategies: readonly Checked[]): void => {
  const taken = new Map<string, string>();
  for (const { name, shape } of strategies) {
    const { operators = [], asks = {} } = shape ?? {};
    const [first] = operators;
    const by = first === undefined ? undefined : taken.get(first);
    if (by !== undefined && operators.every((operator) => taken.has(operator)))
      throw chainUnreached(name, operators, by);
    for (const asked of Object.values(asks)) taken.delete(asked);
    for (const operator of Object.keys(asks)) taken.set(operator, name);
  }
};

/**
 * Refuses a strategy directly around itself with the same options, which does again what is done already, and two that wrap the same calls. Apart,
 * the same strategy may well be wanted twice: to repair what the coder wrote, and what an editor made of it.
 */
const checkTwice = (strategies: readonly Checked[]): void => {
  for (const [at, outer] of strategies.entries()) {
    const next = strategies[at + 1];
    if (next !== undefined && next.name === outer.name && isDeepStrictEqual(next.options, outer.options))
      throw chainTwice(outer.name);
    for (const inner of strategies.slice(at + 1)) {
      const both = phasesOf(inner).filter((phase) => phasesOf(outer).includes(phase));
      if (inner.name !== outer.name || both.length === 0) continue;
      throw chainWrappedTwice(outer.name, both.map(String));
    }
  }
};

/** The calls that a strategy wraps, by what they are for. */
const phasesOf = ({ options }: Checked): readonly unknown[] =>
  typeof options === "object" && options !== null && "phases" in options && Array.isArray(options.phases)
    ? options.phases
    : [];

/**
 * Refuses a chain that needs what the model server of a role cannot do, before a token is spent.
 * @throws AIDE_CAPABILITY_MISSING
 */
export const checkNeeds = (
  strategies: readonly Pick<ReadyStrategy, "name" | "needs">[],
  capabilities: ReadonlyMap<string, Pick<Capabilities, "has">>,
): void => {
  for (const { name, needs } of strategies) {
    for (const { role = "code", anyOf } of needs) {
      const has = servedBy(capabilities, role)?.has ?? [];
      if (anyOf.some((capability) => has.includes(capability))) continue;
      throw capabilityMissing(name, anyOf, role, has);
    }
  }
};
