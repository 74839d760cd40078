import { isBetter, type Json, type Solution, type Solve, type Strategy, type Work, type Shape } from "@aide-ts/plugin";
import { z } from "zod";

/** When a solution is reflected on, and what is kept of it. */
export const loopOptions = {
  trigger: z
    .enum(["onFailure", "always", "onScoreDrop"])
    .default("onFailure")
    .describe(
      "Which solutions are reflected on: failed ones, all, or failed ones and those that score worse than their parent.",
    ),
  rounds: z.int().min(1).max(20).default(1).describe("The most reflections on one solution."),
  accept: z
    .enum(["always", "if-not-worse"])
    .default("if-not-worse")
    .describe("Whether an edit is kept that fails or scores worse than what it edits."),
  operators: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Operators whose solutions are reflected on, as `draft`; all of them without."),
};

/** What one reflection came to. */
type ReflectionOutcome =
  | "declined"
  | "no-critique"
  | "unparsable"
  | "no-op"
  | "fixed"
  | "still-broken"
  | "newly-broken"
  | "changed";

type Loop = z.output<z.ZodObject<typeof loopOptions>>;

/** What a round gives: the solution it ends with, if there is one, and what a report says of it. */
export interface Round {
  readonly solution?: Solution;
  readonly outcome: ReflectionOutcome;
  readonly details?: { readonly [key: string]: Json };
}

export type Reflect = (solution: Solution, work: Work) => Promise<Round>;

/**
 * Evaluates what the next one made, and reflects on it for as long as its trigger says.
 * @param begin gives what reflects on one proposal's solutions, from the first round to the last.
 */
export const reflecting =
  ({ trigger, rounds, accept, operators }: Loop, begin: () => Reflect): Strategy =>
  (next: Solve) =>
  async (proposal, work) => {
    if (operators !== undefined && !operators.includes(proposal.operator)) return next(proposal, work);
    const reflect = begin();
    const parent = work.journal.solution(proposal.parents[0] ?? "");
    const candidate = await next(proposal, work);
    if (candidate.code === "") return candidate;
    let kept = await work.evaluate(candidate);
    for (let round = 1; round <= rounds && isTriggered(trigger, kept, parent, work); round++) {
      const { solution, outcome, details } = await reflect(kept, work);
      work.note({ round, outcome, ...details });
      if (solution === undefined) break;
      if (accept === "always" || !isBetter(work.task, kept, solution)) kept = solution;
      else break;
    }
    return kept.candidate;
  };

const isTriggered = (trigger: Loop["trigger"], now: Solution, parent: Solution | undefined, work: Work): boolean =>
  trigger === "always" ||
  !now.evaluation.valid ||
  (trigger === "onScoreDrop" && parent !== undefined && isBetter(work.task, parent, now));

/** The shape of a loop whose rounds make at most so many calls, by these roles. */
export const loopShape = (
  { rounds, operators }: Pick<Loop, "rounds" | "operators">,
  calls: number,
  roles: readonly string[],
): Shape => ({
  generations: [0, calls * rounds],
  next: [1, 1],
  roles: [...new Set(roles)],
  ...(operators === undefined ? {} : { operators }),
});

/** How a script fared before and after an edit. */
export const reflectionOutcome = (before: Solution, after: Solution): ReflectionOutcome => {
  if (before.evaluation.valid) return after.evaluation.valid ? "changed" : "newly-broken";
  return after.evaluation.valid ? "fixed" : "still-broken";
};
