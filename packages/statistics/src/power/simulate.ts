import type { Contrast } from "../analysis/scores.ts";
import { upTo } from "../analysis/scores.ts";
import { tasksLikeThese } from "../analysis/tasks-like-these.ts";
import { drawsFrom } from "../random.ts";
import type { SequentialTest } from "../sequential/calibrate.ts";
import { decide, type Plan } from "../sequential/decide.ts";
import { drawScores, type Variation } from "./draw-scores.ts";

export interface Design {
  readonly tasks: number;
  readonly arms: number;
  readonly seeds: number;
  readonly contrasts: readonly Contrast[];
  readonly alpha: number;
  /** Looks after each of these numbers of seeds, the last being all of them. */
  readonly sequential?: Sequential | undefined;
}

export interface Sequential {
  readonly testFor: (tasks: number) => SequentialTest;
  readonly looks: readonly number[];
  readonly effect: number;
  readonly futility: number;
}

export interface Simulated {
  /** How often each contrast was shown, Holm's correction included. */
  readonly shown: readonly number[];
  /** How often any was. */
  readonly any: number;
  /** Mean share of the cells that were made before it stopped; 1 without looks. */
  readonly cells: number;
}

/**
 * Draws tables and analyses each as a report does.
 * @param merits by how much each arm is better, on the scale of scores
 */
export const simulate = (
  design: Design,
  merits: readonly number[],
  variation: Variation,
  { tables, seed }: { readonly tables: number; readonly seed: number },
): Simulated => {
  const draws = drawsFrom(seed);
  const shown = design.contrasts.map(() => 0);
  let any = 0;
  let cells = 0;
  for (let table = 0; table < tables; table += 1) {
    const outcome = once(design, drawScores(design, merits, variation, draws));
    for (const [at, is] of outcome.shown.entries()) if (is) shown[at] = (shown[at] ?? 0) + 1;
    if (outcome.shown.includes(true)) any += 1;
    cells += outcome.cells;
  }
  return { shown: shown.map((count) => count / tables), any: any / tables, cells: cells / tables };
};

const once = (
  { contrasts, alpha, seeds, sequential }: Design,
  scores: ReturnType<typeof drawScores>,
): { readonly shown: readonly boolean[]; readonly cells: number } => {
  if (sequential === undefined) {
    const claims = tasksLikeThese(scores, contrasts, { alpha });
    return { shown: claims.map((claim) => claim.kind === "tested" && claim.adjustedP <= alpha), cells: 1 };
  }
  const { testFor, looks, effect, futility } = sequential;
  const plan: Plan = { alpha, effect, seeds, futility };
  for (const [at, made] of looks.entries()) {
    const verdicts = decide(upTo(scores, made), contrasts, { testFor, seeds: looks.slice(0, at + 1) }, plan);
    if (at === looks.length - 1 || !verdicts.includes("open"))
      return { shown: verdicts.map((verdict) => verdict === "shown"), cells: made / seeds };
  }
  return { shown: contrasts.map(() => false), cells: 1 };
};
