import { digest, isLayer, merge, type Layer } from "@aide-ts/core";
import type { Arm, Plan } from "../plan/plan.ts";

/**
 * The arm whose cells make the searches that this arm's cells end: the first one that differs from it only in how runs end, which is the arm itself where no earlier one does.
 * Such arms are compared on the very same searches, and none is made twice.
 */
export const searchOf = ({ base, arms }: Pick<Plan, "base" | "arms">, arm: Arm): Arm => {
  const searched = ({ change }: Arm): string => digest(withoutEnding(merge(base, change)));
  const own = searched(arm);
  return arms.find((other) => searched(other) === own) ?? arm;
};

/** Arms whose cells make no search of their own, each with the one that does. */
export const takenSearches = (plan: Pick<Plan, "base" | "arms">): readonly { readonly arm: Arm; readonly of: Arm }[] =>
  plan.arms.map((arm) => ({ arm, of: searchOf(plan, arm) })).filter(({ arm, of }) => arm !== of);

/** Without the keys that are read once a search has ended. */
const withoutEnding = ({ ensemble: _ensemble, refit: _refit, holdout, ...search }: Layer): Layer => {
  if (!isLayer(holdout)) return search;
  const { fresh: _fresh, ...parts } = holdout;
  return Object.keys(parts).length === 0 ? search : { ...search, holdout: parts };
};
