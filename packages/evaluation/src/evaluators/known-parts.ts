import type { EvaluatorHost, Solution } from "@aide-ts/plugin";
import { metricNamed } from "../metrics/metric-named.ts";
import { compareHeldOut } from "../submission/score.ts";
import type { PartScore } from "./paired.ts";
import type { Predictions } from "./predictions.ts";
import { foldsOf } from "./score-folds.ts";

/** What a solution has on each part that it was scored on, with its rows where they are still there. */
export const knownParts = async (
  {
    submission,
    heldOut,
    folds = [],
    task,
    score,
  }: Pick<EvaluatorHost, "submission" | "heldOut" | "folds" | "task" | "score">,
  solution: Solution | undefined,
  predictions: Predictions,
): Promise<readonly PartScore[]> => {
  const values = foldsOf(solution?.evaluation);
  const answers = solution === undefined || values.length === 0 ? [] : await predictions.of(solution.candidate.code);
  const metric = score === undefined ? metricNamed(task.metric) : undefined;
  const forms = [{ submission, heldOut }, ...folds];
  return values.map((value, part) => {
    const form = forms[part];
    const rows = answers[part];
    if (metric === undefined || rows === undefined || form?.submission === undefined || form.heldOut === undefined)
      return { value, compared: [] };
    return { value, compared: compareHeldOut(metric, form.submission, form.heldOut, rows) };
  });
};
