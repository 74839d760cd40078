import type { Comparison, Drawing } from "../comparison.ts";
import { labelPermutations, type Stratum } from "../tests/label-permutation.ts";
import { signFlips, type Weighted } from "../tests/sign-flip.ts";
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
 * @param asked contrasts, and whether cells of one seed share their first draft
 * @returns for each nothing where the contrast is not of two arms, or no task has cells of both
 */
export const theseTasks = (
  scores: Scores,
  asked: readonly { readonly contrast: Contrast; readonly isPaired: boolean }[],
  drawing: Drawing,
): readonly (TheseTasks | undefined)[] => {
  const data = asked.map(({ contrast, isPaired }) => ({
    contrast,
    pairs: isPaired ? pairsOf(scores, contrast) : [],
    strata: isPaired ? [] : strataOf(scores, contrast),
  }));
  const paired = data.filter(({ pairs }) => pairs.length > 0);
  const labelled = data.filter(({ strata }) => strata.length > 0);
  const byPairs = signFlips(
    paired.map(({ pairs }) => pairs),
    drawing,
  );
  const byLabels = labelPermutations(
    labelled.map(({ strata }) => strata),
    drawing,
  );
  return data.map((datum) => {
    const { name } = datum.contrast;
    const [pairs, labels] = [byPairs[paired.indexOf(datum)], byLabels[labelled.indexOf(datum)]];
    if (pairs !== undefined) return { contrast: name, by: "pairs", comparison: pairs };
    return labels === undefined ? undefined : { contrast: name, by: "labels", comparison: labels };
  });
};

type OfTask = readonly (number | undefined)[];

/** Cells of the two arms, task by task; of no task where the contrast is not of two. */
const ofTwoArms = (scores: Scores, contrast: Contrast): readonly { treated: OfTask; control: OfTask }[] => {
  const arms = twoArms(contrast);
  if (arms === undefined) return [];
  return scores.map((cells) => ({ treated: cells[arms.treated] ?? [], control: cells[arms.control] ?? [] }));
};

const pairsOf = (scores: Scores, contrast: Contrast): readonly Weighted[] =>
  ofTwoArms(scores, contrast).flatMap(({ treated, control }) => {
    const differences = treated.flatMap((one, at) => {
      const other = control[at];
      return one === undefined || other === undefined ? [] : [one - other];
    });
    return differences.map((difference) => ({ difference, weight: 1 / differences.length }));
  });

const strataOf = (scores: Scores, contrast: Contrast): readonly Stratum[] =>
  ofTwoArms(scores, contrast)
    .map(({ treated, control }) => ({ treated: presentIn(treated), control: presentIn(control), weight: 1 }))
    .filter(({ treated, control }) => treated.length > 0 && control.length > 0);
