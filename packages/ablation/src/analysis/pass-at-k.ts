import { meanOfAny, passAtK } from "@aide-ts/statistics";
import type { CellOutcome } from "../outcomes/read-outcome.ts";

/** How likely a useful submission, and a medal, is among k seeds of a task: unbiased, means over tasks with so many graded cells. */
export interface ArmPassAtK {
  readonly arm: string;
  /** From k = 1 to the number of seeds. */
  readonly useful: readonly number[];
  /** Nothing without a competition of MLE-bench. */
  readonly anyMedal: readonly number[] | undefined;
}

export const passAtKOf = (arm: string, outcomes: readonly CellOutcome[]): ArmPassAtK => {
  const graded = outcomes.filter((cell) => cell.arm === arm && cell.grades !== undefined);
  const tasks = [...Map.groupBy(graded, ({ task }) => task).values()];
  const most = Math.max(0, ...tasks.map((cells) => cells.length));
  const over = (passes: (cell: CellOutcome) => boolean): readonly number[] =>
    Array.from({ length: most }, (_, at) => {
      const rates = tasks.flatMap((cells) => passAtK(cells.length, cells.filter(passes).length, at + 1) ?? []);
      return meanOfAny(rates) ?? 0;
    });
  const ranked = graded.some(({ grades }) => grades?.final.leaderboard !== undefined);
  return {
    arm,
    useful: over(({ grades }) => grades?.final.valid === true && grades.final.useful),
    anyMedal: ranked ? over(({ grades }) => grades?.final.leaderboard?.anyMedal === true) : undefined,
  };
};
