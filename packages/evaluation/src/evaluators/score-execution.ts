import {
  submissionIn,
  type Evaluation,
  type EvaluatorHost,
  type Execution,
  type Fold,
  type Lab,
} from "@aide-ts/plugin";
import { metricNamed } from "../metrics/metric-named.ts";
import { checkSubmission } from "../submission/check.ts";
import type { Answers } from "./predictions.ts";
import { scoreHeldOut, scoredByOwn, type Scored } from "../submission/score.ts";

export type ScoredRows = Extract<Scored, { ok: true }>;

export type Refused = Extract<Evaluation, { valid: false }>;

export type Judged =
  | { readonly kind: "scored"; readonly scored: ScoredRows; readonly answers: Answers }
  | { readonly kind: "refused"; readonly evaluation: Refused }
  /** The submission is as it must be, and there is no row or no metric to score it by. */
  | { readonly kind: "unscored" };

/** Checks the submission that a script left, and scores its rows: those of a fold, or those that all scripts predict. */
export const scoreExecution = async (
  host: EvaluatorHost,
  execution: Execution,
  fold: Fold | undefined,
  lab: Pick<Lab, "read">,
): Promise<Judged> => {
  const { submission = host.submission, heldOut = host.heldOut } = fold ?? {};
  if (submission === undefined) return { kind: "unscored" };
  const path = submissionIn(execution);
  if (path === undefined) return refused("no-submission", missing(execution));
  const checked = checkSubmission(await lab.read(execution, path), submission);
  if (!checked.ok) return refused("bad-submission", checked);
  if (heldOut === undefined) return { kind: "unscored" };
  const metric = metricNamed(host.task.metric);
  const scored =
    host.score !== undefined
      ? scoredByOwn(await host.score(checked.rows, fold), host.task.direction)
      : metric === undefined
        ? undefined
        : scoreHeldOut(metric, submission, heldOut, checked.rows);
  if (scored === undefined) return { kind: "unscored" };
  return scored.ok ? { kind: "scored", scored, answers: checked.rows } : refused("bad-submission", scored);
};

interface Refusal {
  /** A clause for one line, the first of the feedback. */
  readonly brief: string;
  readonly problem: string;
}

const refused = (cause: "no-submission" | "bad-submission", { brief, problem }: Refusal): Judged => ({
  kind: "refused",
  evaluation: { valid: false, cause, scores: [], feedback: `${cause.replace("-", " ")}: ${brief}\n${problem}` },
});

const missing = ({ artifacts }: Execution): Refusal => {
  const others = artifacts.filter((path) => path.endsWith(".csv")).slice(0, 3);
  const wrote = others.length === 0 ? "" : ` It wrote ./${others.join(", ./")} instead.`;
  return {
    brief:
      others.length === 0 ? "no ./submission/submission.csv" : `./${others[0]} instead of ./submission/submission.csv`,
    problem: `The script ran, but it wrote no ./submission/submission.csv.${wrote}`,
  };
};
