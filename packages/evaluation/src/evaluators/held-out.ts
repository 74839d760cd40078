import { definePlugin, type Evaluation, type EvaluatorHost, type Score, type Task } from "@aide-ts/plugin";
import { z } from "zod";
import { rounded } from "../metrics/standard-error.ts";
import { knownParts } from "./known-parts.ts";
import { pairedDifference, type Difference } from "./paired.ts";
import { Predictions } from "./predictions.ts";
import { scoreExecution, type ScoredRows } from "./score-execution.ts";
import { scoreFolds, type FoldScores } from "./score-folds.ts";

const options = z.strictObject({
  race: z
    .boolean()
    .default(true)
    .describe(
      "A solution that was made from another and is clearly worse than the best on the first folds is not scored on the others.",
    ),
  seconds: z
    .number()
    .positive()
    .default(60)
    .describe("No further fold is scored once a solution's scripts would take more seconds together."),
});

/** Scores the submission on the rows that the framework held back. Without such rows it still checks the submission's form. */
export const heldOut = definePlugin({
  kind: "evaluator",
  name: "held-out",
  summary: "Scores submissions on labelled rows that no script sees.",
  options,
  create: (chosen, host) => {
    const predictions = new Predictions(host.runFolder);
    return {
      async evaluate(subject, before, lab) {
        const judged = await scoreExecution(host, subject.execution, undefined, lab);
        if (judged.kind === "unscored") return before;
        if (judged.kind === "refused") return withScores(judged.evaluation, before);
        const { scored, answers } = judged;
        if (host.heldOut === undefined) return scoredOnce(host.task, scored, before);
        const { rivals = {}, candidate } = subject;
        const first = { ...scored, answers, heldOut: host.heldOut };
        const scores = await scoreFolds(host, subject, first, rivals, lab, chosen);
        if (scores.kind === "refused") return withScores(scores.evaluation, before);
        await predictions.keep(candidate.code, scores.parts);
        if (host.folds === undefined) return scoredOnce(host.task, scored, before);
        const parent = await knownParts(host, rivals.parent, predictions);
        const difference = pairedDifference(host.task.direction, scores.parts, parent);
        return scoredOnFolds(host, scores, difference, before);
      },
    };
  },
});

const withScores = (evaluation: Extract<Evaluation, { valid: false }>, before: Evaluation | undefined): Evaluation => ({
  ...evaluation,
  scores: before?.scores ?? [],
});

const scoredOnce = (task: Task, scored: ScoredRows, before: Evaluation | undefined): Evaluation => {
  const error = Number.isNaN(scored.error) ? {} : { error: scored.error };
  const score = { value: scored.value, source: "held-out" as const, ...error };
  const shown = rounded(scored.value, scored.error);
  return evaluationOf(score, `${task.metric} ${shown} on rows it has not seen.\n${scaleOf(task, scored)}`, before);
};

const scoredOnFolds = (
  { task, folds = [] }: EvaluatorHost,
  { score, parts: [first, ...more] }: Extract<FoldScores, { kind: "scored" }>,
  difference: Difference | undefined,
  before: Evaluation | undefined,
): Evaluation => {
  const shown = rounded(score.value, score.error ?? Number.NaN);
  const parts =
    more.length === folds.length ? `${more.length + 1} parts` : `${more.length + 1} of ${folds.length + 1} parts`;
  const gain = difference === undefined ? "" : ` ${gainOf(difference)}`;
  const scale = scaleOf(task, first);
  return evaluationOf(score, `${task.metric} ${shown} on rows it has not seen, in ${parts}.${gain}\n${scale}`, before);
};

/** Whether a solution is better than the one that it was made from, where the data can tell. */
const gainOf = ({ better, error }: Difference): string => {
  if (better === 0 && error === 0) return "It predicts the same as the solution that it was made from.";
  const size = `${rounded(Math.abs(better), error)} ± ${rounded(error, error)}`;
  if (Math.abs(better) <= error) return `It cannot be told apart from the solution that it was made from (${size}).`;
  return `That is ${better > 0 ? "better" : "worse"} than the solution that it was made from, by ${size}.`;
};

const scaleOf = ({ direction }: Task, { trivial, error, useful, scale }: ScoredRows): string => {
  const constant = Number.isNaN(trivial) ? "" : `; a constant scores ${rounded(trivial, error)}`;
  return `${direction === "minimize" ? "Lower" : "Higher"} is better${constant}.${useful ? "" : ` ${scale}`}`;
};

const evaluationOf = (score: Score, feedback: string, before: Evaluation | undefined): Evaluation => ({
  valid: true,
  score,
  scores: [...(before?.scores ?? []), score],
  feedback,
});
