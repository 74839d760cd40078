import { AideError, isStop, messageOf } from "@aide-ts/plugin";
import type { Budget } from "../budget/budget.ts";

export type Ending =
  | { readonly reason: "steps" | "budget" | "search-done" | "log-end"; readonly message: string }
  | { readonly reason: "user" | "divergence" | "failure"; readonly message: string; readonly error: unknown };

export const stepsDone = (steps: number): Ending => ({
  reason: "steps",
  message: `${steps === 1 ? "The one step is" : `All ${steps} steps are`} done.`,
});

export const usedUp = ({ gone }: Budget): Ending => ({
  reason: "budget",
  message: `The budget of ${gone.map(({ name }) => name).join(", ")} is used up.`,
});

/** Decided by what was thrown, except for the user's own stop, no matter what that made fail. */
export const endedBy = (error: unknown, userStop: AbortSignal): Ending => {
  if (userStop.aborted) return { reason: "user", message: "Stopped by the user.", error };
  if (isStop(error) && error.reason === "divergence") return { reason: "divergence", message: error.message, error };
  return { reason: "failure", message: messageOf(error), error };
};

/** Errors that no other proposal can escape: an unreachable backend, a full disk, no Python; and stops that are not the budget's. */
export const endsRun = (error: unknown): boolean =>
  isStop(error)
    ? error.reason !== "budget"
    : AideError.is(error) && (error.fault === "user" || error.code === "AIDE_BACKEND_UNREACHABLE");
