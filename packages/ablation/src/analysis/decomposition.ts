import { mean } from "@aide-ts/statistics";
import { boundedScore } from "../outcomes/grades.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";

/** Where an arm's score comes from, and where it goes. Means over graded cells, scores between 0 and 1. */
export interface Decomposition {
  readonly arm: string;
  readonly cells: number;
  /** Of the best solution on report labels, which nobody can choose by. */
  readonly oracle: number;
  /** Of the solution that the search chose, before its last run on all rows. */
  readonly chosen: number;
  /** How much choosing lost: oracle less chosen. */
  readonly regret: number;
  /** Share of cells with any useful solution. */
  readonly coverage: number;
  /** What the last run on all rows added: final less chosen. */
  readonly refit: number;
}

/** @returns nothing for an arm without a cell that was graded by references */
export const decompositionOf = (arm: string, outcomes: readonly CellOutcome[]): Decomposition | undefined => {
  const rows = outcomes.flatMap((cell) => {
    if (cell.arm !== arm || cell.grades === undefined || cell.ending?.kind !== "finished") return [];
    const { final, solutions } = cell.grades;
    if (final.valid && final.score === undefined) return [];
    const scores = new Map(solutions.map(({ id, grade }) => [id, boundedScore(grade)]));
    const chosen = scores.get(cell.course.at(-1)?.chosen ?? "") ?? 0;
    return [
      {
        oracle: Math.max(0, ...scores.values()),
        chosen,
        useful: solutions.some(({ grade }) => grade.valid && grade.useful) ? 1 : 0,
        final: boundedScore(final),
      },
    ];
  });
  if (rows.length === 0) return undefined;
  const averaged = (of: (row: (typeof rows)[number]) => number): number => mean(rows.map(of));
  return {
    arm,
    cells: rows.length,
    oracle: averaged(({ oracle }) => oracle),
    chosen: averaged(({ chosen }) => chosen),
    regret: averaged(({ oracle, chosen }) => oracle - chosen),
    coverage: averaged(({ useful }) => useful),
    refit: averaged(({ final, chosen }) => final - chosen),
  };
};

/** How an operator's solutions compare with what they started from, by report score. */
export interface Transitions {
  readonly arm: string;
  readonly operator: string;
  readonly solutions: number;
  readonly better: number;
  readonly worse: number;
  /** No valid solution came of it. */
  readonly invalid: number;
}

/** Of steps that start from a valid solution; the rest came out the same. */
export const transitionsOf = (arm: string, outcomes: readonly CellOutcome[]): readonly Transitions[] => {
  const counts = new Map<string, { solutions: number; better: number; worse: number; invalid: number }>();
  for (const cell of outcomes) {
    if (cell.arm !== arm || cell.grades === undefined) continue;
    const scores = new Map(
      cell.grades.solutions.flatMap(({ id, grade }) =>
        grade.valid && grade.score !== undefined ? [[id, grade.score]] : [],
      ),
    );
    for (const { operator, from, chosen } of cell.steps) {
      const before = scores.get(from ?? "");
      if (before === undefined) continue;
      const count = counts.get(operator) ?? { solutions: 0, better: 0, worse: 0, invalid: 0 };
      const after = scores.get(chosen ?? "");
      count.solutions += 1;
      if (after === undefined) count.invalid += 1;
      else if (after > before) count.better += 1;
      else if (after < before) count.worse += 1;
      counts.set(operator, count);
    }
  }
  return [...counts].map(([operator, count]) => ({ arm, operator, ...count }));
};
