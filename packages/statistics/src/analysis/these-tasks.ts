import type { Comparison, Drawing } from "../comparison.ts";
import { labelPermutation } from "../tests/label-permutation.ts";
import { signFlip } from "../tests/sign-flip.ts";
import { presentIn, twoArms, type Contrast, type Scores } from "./scores.ts";

/** Whether two arms differ on these very tasks, which says nothing of others. */
export interface TheseTasks {
  readonly contrast: string;
  /** `paired` by seed where arms share their drafts, `labels` where they share but the task. */
  readonly by: "pairs" | "labels";
  readonly comparison: Comparison;
}

/**
 * The exact permutation test within tasks, each of which counts the same.
 * @param isPaired whether cells of one seed share their first draft
 * @returns nothing where the contrast is not of two arms, or no task has cells of both
 */
export const theseTasks = (
  scores: Scores,
  contrast: Contrast,
  isPaired: boolean,
  drawing: Drawing,
): TheseTasks | undefined => {
  const arms = twoArms(contrast);
  if (arms === undefined) return undefined;
  const tasks = scores.map((cells) => ({ treated: cells[arms.treated] ?? [], control: cells[arms.control] ?? [] }));
  if (isPaired) {
    const pairs = tasks.flatMap(({ treated, control }) => {
      const differences = treated.flatMap((one, at) => {
        const other = control[at];
        return one === undefined || other === undefined ? [] : [one - other];
      });
      return differences.map((difference) => ({ difference, weight: 1 / differences.length }));
    });
    if (pairs.length === 0) return undefined;
    return { contrast: contrast.name, by: "pairs", comparison: signFlip(pairs, drawing) };
  }
  const strata = tasks
    .map(({ treated, control }) => ({ treated: presentIn(treated), control: presentIn(control), weight: 1 }))
    .filter(({ treated, control }) => treated.length > 0 && control.length > 0);
  if (strata.length === 0) return undefined;
  return { contrast: contrast.name, by: "labels", comparison: labelPermutation(strata, drawing) };
};
