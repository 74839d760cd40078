import { meanOfAny, type Contrast } from "@aide-ts/statistics";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { inUnit } from "../outcomes/tokens.ts";
import type { Plan } from "../plan/plan.ts";
import { scoreAt } from "./anytime.ts";

/** The declared contrasts, had tokens been counted in another unit. */
export interface OtherUnit {
  readonly unit: Plan["tokens"];
  /** Tokens at which arms are compared: what the arm that used fewest used in the mean. */
  readonly tokens: number;
  /** Of each contrast; nothing where an arm of it has no cell. */
  readonly estimates: readonly (number | undefined)[];
  /** Contrasts that point the other way than at equal tokens of the ablation's own unit. */
  readonly reversed: readonly Reversed[];
}

/** The same difference at equal tokens of two units, of other signs. */
interface Reversed {
  readonly contrast: string;
  readonly estimate: number;
  readonly own: { readonly tokens: number; readonly estimate: number };
}

const units: readonly Plan["tokens"][] = ["generated", "generated-and-uncached", "all"];

/**
 * Compares arms at equal tokens of each unit: what would have been submitted there, by report score, as the logs have it. Nothing where no cell was
 * graded by references.
 */
export const otherUnitsOf = (plan: Plan, outcomes: readonly CellOutcome[]): readonly OtherUnit[] => {
  const cells = outcomes.filter(
    ({ ending, grades }) =>
      ending?.kind === "finished" && grades?.solutions.some(({ grade }) => grade.valid && grade.score !== undefined),
  );
  if (cells.length === 0) return [];
  const own = compared(plan, cells, plan.tokens);
  return units
    .filter((unit) => unit !== plan.tokens)
    .map((unit) => {
      const other = compared(plan, cells, unit);
      const reversed = plan.contrasts.flatMap(({ name }, at): readonly Reversed[] => {
        const [estimate = 0, here = 0] = [other.estimates[at], own.estimates[at]];
        return estimate * here < 0 ? [{ contrast: name, estimate, own: { tokens: own.tokens, estimate: here } }] : [];
      });
      return { unit, ...other, reversed };
    });
};

const compared = (
  { arms, tasks, contrasts }: Plan,
  cells: readonly CellOutcome[],
  unit: Plan["tokens"],
): Pick<OtherUnit, "tokens" | "estimates"> => {
  const used = arms.flatMap(({ name }) => {
    const some = cells.filter(({ arm }) => arm === name);
    return meanOfAny(some.map(({ ledger }) => inUnit(ledger.total, unit))) ?? [];
  });
  const tokens = Math.min(...used);
  const means = arms.map(({ name: arm }) => {
    const ofTasks = tasks.flatMap(({ name: task }) => {
      const some = cells.filter((cell) => cell.arm === arm && cell.task === task);
      return meanOfAny(some.map((cell) => scoreAt(cell, tokens, unit))) ?? [];
    });
    return meanOfAny(ofTasks);
  });
  return { tokens, estimates: contrasts.map((contrast) => estimateOf(contrast, means)) };
};

const estimateOf = ({ coefficients }: Contrast, means: readonly (number | undefined)[]): number | undefined => {
  let estimate = 0;
  for (const [at, coefficient] of coefficients.entries()) {
    if (coefficient === 0) continue;
    const value = means[at];
    if (value === undefined) return undefined;
    estimate += coefficient * value;
  }
  return estimate;
};
