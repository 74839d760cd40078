import { isBetter, type EvaluatorHost, type Solution, type Task } from "@aide-ts/plugin";
import { knownParts } from "../evaluators/known-parts.ts";
import { pairedDifference } from "../evaluators/paired.ts";
import { Predictions } from "../evaluators/predictions.ts";
import { foldsOf } from "../evaluators/score-folds.ts";

type Host = Pick<EvaluatorHost, "task" | "submission" | "heldOut" | "folds" | "score" | "runFolder">;

/** Each program once, as it was judged last; the best first, and those that are not valid last. */
export const rankedPrograms = (task: Task, solutions: readonly Solution[]): readonly Solution[] =>
  [...new Map(solutions.map((solution) => [solution.candidate.code, solution])).values()].toSorted(
    (a, b) => Number(isBetter(task, b, a)) - Number(isBetter(task, a, b)),
  );

/** More cost time, and are hardly ever chosen. */
const mostTied = 4;

/** The best solution of a search, and those that its scores cannot tell from it: worse by no more than the error of the difference. */
export const tiedWithBest = async (solutions: readonly Solution[], host: Host): Promise<readonly Solution[]> => {
  const { direction } = host.task;
  const [best, ...others] = rankedPrograms(host.task, solutions).filter(({ evaluation }) => evaluation.valid);
  if (best === undefined) return [];
  const predictions = new Predictions(host.runFolder);
  const bestParts = await knownParts(host, best, predictions);
  const tied = [best];
  for (const solution of others) {
    if (tied.length === mostTied) break;
    if (foldsOf(solution.evaluation).length !== bestParts.length) continue;
    const parts = await knownParts(host, solution, predictions);
    const difference = pairedDifference(direction, parts, bestParts);
    if (difference !== undefined && difference.better + difference.error >= 0) tied.push(solution);
  }
  return tied;
};
