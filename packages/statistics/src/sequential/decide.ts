import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { differencesOfSeed, taskDifferences, upTo, type Contrast, type Scores } from "../analysis/scores.ts";
import { tasksLikeThese, type Looked } from "../analysis/tasks-like-these.ts";
import { mean, variance } from "../moments.ts";

/** What a look says of a contrast: it is shown, it will hardly be, or neither. */
export type Verdict = "shown" | "futile" | "open";

export interface Plan {
  readonly alpha: number;
  /** What the design was powered for. */
  readonly effect: number;
  /** Seeds of the whole design. */
  readonly seeds: number;
  /** A contrast is futile where the chance of showing it, should the effect be there, has fallen below this. */
  readonly futility: number;
}

/**
 * What is known after a look. An ablation may stop once no contrast is open. Futility need not be obeyed: no bound counts on it.
 * The chance that is left is that of a normal statistic with independent increments (Jennison and Turnbull 1999, section 10.2), of the
 * designed effect in the direction that the data favour.
 */
export const decide = (
  scores: Scores,
  contrasts: readonly Contrast[],
  looked: Looked,
  plan: Plan,
): readonly Verdict[] => {
  const { alpha, futility } = plan;
  const claims = tasksLikeThese(scores, contrasts, { alpha, looked });
  return claims.map((claim, at) => {
    const contrast = contrasts[at];
    if (claim.kind === "refused" || contrast === undefined) return "futile";
    if (claim.adjustedP <= alpha) return "shown";
    return chanceLeft(scores, contrast, looked, plan) < futility ? "futile" : "open";
  });
};

const chanceLeft = (
  scores: Scores,
  contrast: Contrast,
  { testFor, seeds }: Looked,
  { alpha, effect, seeds: all }: Plan,
): number => {
  const now = seeds.at(-1) ?? all;
  const values = taskDifferences(scores, contrast);
  const { within, between } = components(scores, contrast, now);
  const errorAt = (count: number): number => Math.sqrt((between + within / count) / values.length);
  const information = (errorAt(all) / errorAt(now)) ** 2;
  if (!(information < 1)) return 0;
  const drift = effect / errorAt(all);
  const shown = Math.abs(mean(values)) / errorAt(now);
  const looks = Math.round((seeds.length * all) / now);
  const bound = -normalQuantile(tCdf(-testFor(values.length).bound(looks, alpha), values.length - 1), 0, 1);
  const left = bound - shown * Math.sqrt(information) - drift * (1 - information);
  return normalCdf(-left / Math.sqrt(1 - information), 0, 1);
};

/** Variances of a difference on a task: of one seed, and between tasks beyond that. */
const components = (
  scores: Scores,
  contrast: Contrast,
  seeds: number,
): { readonly within: number; readonly between: number } => {
  const bySeed = Array.from({ length: seeds }, (_, seed) => differencesOfSeed(scores, contrast, seed));
  const total = variance(taskDifferences(upTo(scores, seeds), contrast));
  const complete = bySeed.filter((values) => values.length === scores.length);
  if (complete.length < 2) return { within: total * seeds, between: 0 };
  const within = mean(scores.map((_, task) => variance(complete.map((values) => values[task] ?? 0))));
  return { within, between: Math.max(0, total - within / seeds) };
};
