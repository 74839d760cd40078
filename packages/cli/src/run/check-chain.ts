import { AideError, type Capabilities } from "@aide-ts/plugin";
import type { ReadyStrategy } from "./compose.ts";
import { servedBy } from "./served-by.ts";

/**
 * Refuses a chain in which a strategy never calls those that it surrounds.
 * @throws AIDE_CHAIN_REPLACED
 */
export const checkShapes = (strategies: readonly Pick<ReadyStrategy, "name" | "shape">[]): void => {
  for (const [at, { name, shape }] of strategies.entries()) {
    const inner = strategies.slice(at + 1).map((strategy) => strategy.name);
    const replaced = shape?.next[1] === 0 ? ["every operator"] : (shape?.replaces ?? []);
    if (inner.length === 0 || replaced.length === 0) continue;
    throw new AideError({
      code: "AIDE_CHAIN_REPLACED",
      message: `"${name}" does the work of ${replaced.join(", ")} itself: ${inner.join(", ")} inside it would not be called.`,
      fix: `Put "${name}" last, or leave out what it surrounds.`,
      fault: "user",
    });
  }
};

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
      throw new AideError({
        code: "AIDE_CAPABILITY_MISSING",
        message: `"${name}" needs ${anyOf.join(" or ")}, which the model server of the ${role} role does not have.`,
        fix: `Leave "${name}" out, or give the role another backend.`,
        fault: "user",
        facts: { "it has": has.join(", ") },
      });
    }
  }
};
