import { failedExecution } from "@aide-ts/core";
import type {
  Candidate,
  Evaluation,
  EvaluatorHost,
  Execution,
  Fold,
  HeldOut,
  Lab,
  Rivals,
  Score,
  Task,
} from "@aide-ts/plugin";
import { mean } from "../metrics/mean.ts";
import { advantages, errorOfParts, isOutOfTheRace } from "./paired.ts";
import type { Answers } from "./predictions.ts";
import { scoreExecution, type Judged, type Refused, type ScoredRows } from "./score-execution.ts";

export interface FoldOptions {
  /** Stop once a solution that was made from another is clearly worse than the best. */
  readonly race: boolean;
  /** Stop once a solution's scripts took so many seconds together. */
  readonly seconds: number;
}

/** A solution on one part of the rows. */
export interface ScoredPart extends ScoredRows {
  readonly answers: Answers;
  readonly heldOut: HeldOut;
}

export type FoldScores =
  | { readonly kind: "scored"; readonly score: Score; readonly parts: readonly [ScoredPart, ...ScoredPart[]] }
  | { readonly kind: "refused"; readonly evaluation: Refused };

/** Scores a solution on the rows that all scripts predict, of which the score is known, and on those of further folds. */
export const scoreFolds = async (
  host: EvaluatorHost,
  { candidate, execution }: { readonly candidate: Candidate; readonly execution: Execution },
  first: ScoredPart,
  rivals: Rivals,
  lab: Lab,
  { race, seconds }: FoldOptions,
): Promise<FoldScores> => {
  const { direction } = host.task;
  const best = foldsOf(rivals.best?.evaluation);
  const parts: [ScoredPart, ...ScoredPart[]] = [first];
  let spent = execution.seconds;
  // What was made from nothing errs in ways of its own, so that a blend may need it although it is worse.
  const races = race && rivals.parent !== undefined;
  for (const fold of host.folds ?? []) {
    const lost = races && isOutOfTheRace(advantages(direction, parts.map(valueOf), best), parts.map(errorOf));
    if (lost || spent + execution.seconds > seconds) break;
    const again = await lab.execute({ code: candidate.code, data: fold.data });
    spent += again.seconds;
    const scored = await scoreFold(host, again, fold, lab);
    if (scored.kind === "refused") return { kind: "refused", evaluation: elsewhere(scored.evaluation) };
    if (scored.kind === "scored") parts.push({ ...scored.scored, answers: scored.answers, heldOut: fold.heldOut });
  }
  const folds = parts.map(valueOf);
  const error = errorOfParts(parts.map(errorOf));
  const value = onAllParts(folds, best, (host.folds?.length ?? 0) + 1, direction);
  const score = { value, source: "held-out" as const, folds, ...(Number.isNaN(error) ? {} : { error }) };
  return { kind: "scored", score, parts };
};

const scoreFold = async (host: EvaluatorHost, execution: Execution, fold: Fold, lab: Lab): Promise<Judged> => {
  const failed = failedExecution(execution);
  if (failed !== undefined) return { kind: "refused", evaluation: failed };
  return scoreExecution(host, execution, fold, lab);
};

/** The value of each part that a solution was scored on; none where it has no such score. */
export const foldsOf = (evaluation: Evaluation | undefined): readonly number[] =>
  evaluation?.valid === true && evaluation.score.source === "held-out"
    ? (evaluation.score.folds ?? [evaluation.score.value])
    : [];

const valueOf = ({ value }: ScoredRows): number => value;
const errorOf = ({ error }: ScoredRows): number => error;

/**
 * The mean over all parts. Of a solution that was not scored on all, what the best has on all, and the mean difference to it on those that both have: parts differ
 * in how hard they are.
 */
const onAllParts = (
  values: readonly number[],
  best: readonly number[],
  parts: number,
  direction: Task["direction"],
): number => {
  if (values.length === parts || best.length !== parts) return mean(values);
  const ahead = mean(advantages(direction, values, best));
  return mean(best) + (direction === "maximize" ? ahead : -ahead);
};

/** A script that works on some rows and fails on others is not to be trusted with new ones. */
const elsewhere = (refused: Refused): Refused => ({
  ...refused,
  feedback: `The script worked on one part of the rows, and not with others held back.\n${refused.feedback}`,
});
