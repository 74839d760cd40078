import type { Task } from "@aide-ts/plugin";
import { scoreOf } from "../metrics/compared.ts";
import { mean } from "../metrics/mean.ts";
import { pairedDifference, type Difference, type PartScore } from "../evaluators/paired.ts";
import { blendingOf, type Blending } from "./blending.ts";
import { inBlocks } from "./row-blocks.ts";
import { BlendPool, type Counts, type Predicted } from "./selection.ts";

export type ChosenEnsemble =
  | {
      readonly kind: "chosen";
      /** How often each solution is in it, in their order. */
      readonly counts: Counts;
      readonly blending: Blending;
      /** The mean over all parts, each predicted by what was chosen on the others. */
      readonly value: number;
      /** To the solution that is best alone, each chosen on other parts than it is measured on. */
      readonly gain: Difference;
    }
  | { readonly kind: "none"; readonly why: string };

const none = (why: string): ChosenEnsemble => ({ kind: "none", why });

/**
 * The blend of solutions that is to be better than the best of them. Whether it is, is measured on parts of the rows that it was not chosen on, and so is the
 * best: of what was chosen by its score the score says too much.
 */
export const chooseEnsemble = (solutions: readonly Predicted[], direction: Task["direction"]): ChosenEnsemble => {
  if (solutions.length < 2) return none("fewer than two solutions were scored on all rows held back");
  const [[[compared] = []] = []] = solutions;
  if (compared === undefined) return none("answers of this form cannot be blended");
  const all = solutions.every(({ length }) => length === 1) ? solutions.map(inBlocks) : solutions;
  const [first = []] = all;
  if (first.length < 2) return none("too few rows are held back");
  const blending = blendingOf(compared);
  const pool = new BlendPool(all, blending, direction);
  const parts = first.map((_, part) => part);
  const measured = (choose: (on: readonly number[]) => Counts): readonly PartScore[] =>
    parts.map((part) => {
      const compared = pool.blend(choose(parts.filter((other) => other !== part)), part);
      return { value: mean(compared.map(scoreOf)), compared };
    });
  const blended = measured((on) => pool.select(on));
  const gain = pairedDifference(
    direction,
    blended,
    measured((on) => pool.single(on)),
  );
  const counts = pool.select(parts);
  if (counts.filter((count) => count > 0).length < 2) return none("no blend is better than the best solution");
  if (gain === undefined || !(gain.better > 0))
    return none("chosen on some of the rows, it is no better than the best solution on the others");
  return { kind: "chosen", counts, blending, value: mean(blended.map(({ value }) => value)), gain };
};
