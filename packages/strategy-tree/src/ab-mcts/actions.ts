import type { Proposal, Role } from "@aide-ts/plugin";

/** A way to make a new solution: an operator, and whose model writes it. */
export interface Action {
  readonly operator: Proposal["operator"];
  readonly role: Role | undefined;
  readonly key: string;
}

export type Actions = readonly [Action, ...Action[]];

/** The operator with each of the roles; without roles, with the model that writes code. */
export const actionsOf = (operator: Proposal["operator"], roles: readonly Role[]): Actions => {
  const [first, ...rest] = roles;
  const action = (role: Role | undefined): Action => ({ operator, role, key: `${operator} ${role ?? ""}` });
  return [action(first), ...rest.map(action)];
};

/** The item of highest value, of equals the first. */
export const highest = <T>(items: readonly T[], value: (item: T) => number): T | undefined => {
  let best: T | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const own = value(item);
    if (best === undefined || own > most) [best, most] = [item, own];
  }
  return best;
};
