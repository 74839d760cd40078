import { withEstimator } from "@aide-ts/core";
import { ensembleOf } from "@aide-ts/evaluation";
import type { EvaluatorHost, Solution } from "@aide-ts/plugin";
import type { Prompts } from "../task/prepare-prompts.ts";

/** What a run had before its model was asked: estimators as they are, by search score. */
export interface Control {
  /** The first of the list. */
  readonly estimator: string;
  readonly value: number;
  /** Their blend, on rows that it was not chosen on, where it is better than the best of them. */
  readonly blend: number | undefined;
  readonly estimators: number;
}

/** `undefined` where the first estimator is none of the solutions. */
export const controlOf = async (
  solutions: readonly Solution[],
  { skeleton, estimators }: Pick<Prompts, "skeleton" | "estimators">,
  host: EvaluatorHost,
  limits: { readonly seconds: number },
): Promise<Control | undefined> => {
  const codes = new Map(estimators.map((one) => [withEstimator(skeleton, one), one.made]));
  const asTheyAre = solutions.filter(({ candidate, evaluation }) => evaluation.valid && codes.has(candidate.code));
  const first = asTheyAre.find(({ candidate }) => codes.get(candidate.code) === estimators[0]?.made);
  if (first?.evaluation.valid !== true || estimators[0] === undefined) return undefined;
  const blend = await ensembleOf(asTheyAre, host, limits);
  return {
    estimator: estimators[0].made,
    value: first.evaluation.score.value,
    blend: blend.kind === "chosen" ? blend.value : undefined,
    estimators: asTheyAre.length,
  };
};
