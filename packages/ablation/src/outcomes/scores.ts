import type { Scores } from "@aide-ts/statistics";
import type { Plan } from "../plan/plan.ts";
import { boundedScore, type Grade } from "./grades.ts";
import { byCell, type CellOutcome } from "./read-outcome.ts";

/**
 * The one outcome that is tested, by task, arm and seed, between 0 and 1. What failed by its own doing, or submitted nothing valid, scores 0;
 * what infrastructure ended for good, and what was not made or not graded, is missing.
 *
 * Report scores run from the trivial predictor to the best reference, worse than trivial is 0 and better than the best reference 1. Where a task
 * has no references, and for search scores, cells are ranked within their task: 1 is the best of them.
 */
export const scoresOf = (
  plan: Pick<Plan, "tasks" | "arms" | "seeds" | "outcome">,
  outcomes: readonly CellOutcome[],
): Scores =>
  plan.tasks.map((task) => {
    const cells = outcomes.filter((outcome) => outcome.task === task.name);
    const scored = scorerOf(plan.outcome, cells);
    const cellOf = byCell(cells);
    return plan.arms.map((arm) =>
      plan.seeds.map((seed) => {
        const cell = cellOf(task.name, arm.name, seed);
        return cell === undefined ? undefined : scored(cell);
      }),
    );
  });

type Scorer = (cell: CellOutcome) => number | undefined;

const scorerOf = (outcome: Plan["outcome"], cells: readonly CellOutcome[]): Scorer => {
  switch (outcome) {
    case "useful":
      return ofGraded((final) => (final.valid && final.useful ? 1 : 0));
    case "search-score":
      return ofFinished(ranked(cells, ({ searchScore }) => searchScore));
    case "report-score": {
      const hasReferences = cells.every(
        ({ grades }) => grades?.final.valid !== true || grades.final.score !== undefined,
      );
      const rank = ranked(cells, ({ grades }) => (grades?.final.valid === true ? grades.final.value : undefined));
      return ofGraded(hasReferences ? boundedScore : (_final, cell) => rank(cell));
    }
  }
};

const ofFinished =
  (score: (cell: CellOutcome) => number): Scorer =>
  (cell) => {
    if (cell.ending?.kind === "finished") return score(cell);
    return cell.ending?.kind === "failed" && cell.ending.cause === "plugin" ? 0 : undefined;
  };

const ofGraded =
  (score: (final: Grade, cell: CellOutcome) => number): Scorer =>
  (cell) => {
    const { grades } = cell;
    if (cell.ending?.kind === "finished" && grades === undefined) return undefined;
    return ofFinished(() => (grades === undefined ? 0 : score(grades.final, cell)))(cell);
  };

/** The share of a task's cells that a cell is at least as good as, ties by half; 0 without a value. */
const ranked = (
  cells: readonly CellOutcome[],
  valueOf: (cell: CellOutcome) => number | undefined,
): ((cell: CellOutcome) => number) => {
  const sign = cells.some(({ direction }) => direction === "minimize") ? -1 : 1;
  const all = cells.flatMap((cell) => {
    const value = valueOf(cell);
    return value === undefined ? [] : [sign * value];
  });
  return (cell) => {
    const value = valueOf(cell);
    if (value === undefined) return 0;
    const worse = all.filter((other) => other < sign * value).length;
    const equal = all.filter((other) => other === sign * value).length;
    return (worse + (equal + 1) / 2) / all.length;
  };
};
