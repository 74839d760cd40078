import { mean, simultaneousBand, type Band } from "@aide-ts/statistics";
import type { Plan } from "../plan/plan.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { boundedScore } from "../outcomes/grades.ts";
import { inUnit } from "../outcomes/tokens.ts";

/** What would have been submitted at each number of tokens, of an arm. */
interface AnytimeCurve {
  readonly arm: string;
  readonly band: Band;
}

export interface Anytime {
  /** Numbers of tokens, ascending, in the ablation's unit. */
  readonly tokens: readonly number[];
  readonly curves: readonly AnytimeCurve[];
}

const places = 41;

/**
 * Curves of the report score over tokens, each the mean over tasks of means over seeds, with a band over tasks for the whole curve. Only their end is
 * ever tested. Nothing where no cell was graded by references.
 */
export const anytimeOf = (plan: Plan, outcomes: readonly CellOutcome[]): Anytime | undefined => {
  const graded = outcomes.filter(({ grades }) =>
    grades?.solutions.some(({ grade }) => grade.valid && grade.score !== undefined),
  );
  if (graded.length === 0) return undefined;
  const most = Math.max(...outcomes.flatMap(({ course }) => course.map(({ tokens }) => inUnit(tokens, plan.tokens))));
  const tokens = Array.from({ length: places }, (_, at) => Math.round((most * at) / (places - 1)));
  const curves = plan.arms.map(({ name: arm }) => {
    const byTask = plan.tasks.flatMap(({ name: task }) => {
      const cells = outcomes.filter(
        (cell) => cell.arm === arm && cell.task === task && cell.ending?.kind === "finished",
      );
      if (cells.length === 0) return [];
      const steps = cells.map((cell) => tokens.map((count) => scoreAt(cell, count, plan.tokens)));
      return [tokens.map((_, at) => mean(steps.map((one) => one[at] ?? 0)))];
    });
    return { arm, band: simultaneousBand(byTask, { seed: 1 }) };
  });
  return { tokens, curves };
};

/** Of the solution that the search would have chosen with so many tokens; 0 before the first. */
export const scoreAt = ({ course, grades }: CellOutcome, tokens: number, unit: Plan["tokens"]): number => {
  const reached = course.findLast((point) => inUnit(point.tokens, unit) <= tokens);
  const grade = grades?.solutions.find(({ id }) => id === reached?.chosen)?.grade;
  return grade === undefined ? 0 : boundedScore(grade);
};
