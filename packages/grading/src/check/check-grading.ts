import { seededRandom } from "@aide-ts/core";
import type { HeldOut } from "@aide-ts/plugin";
import { gradeSubmission, type Grader } from "../grade/grade.ts";
import type { ReportLabels } from "../labels/report-labels.ts";
import { standingOf } from "../references/reference.ts";
import { faultySubmissions, submissionOf } from "./made-submissions.ts";

const shuffles = 20;

/**
 * Holds the grader of a task against submissions whose grade is known: the answers themselves get the best value there is, shuffled ones are no better than
 * the trivial predictor, which stands at 0 as the best reference (if there are any) does at 1, and faulty ones are refused with a message.
 * @returns what does not hold, a sentence each
 */
export const checkGrading = async (labels: ReportLabels, grade: Grader): Promise<readonly string[]> => {
  const truth = [...labels.labels.truth.values()];
  const perfect = await grade(submissionOf(labels, truth));
  if (!perfect.valid) return [`The answers themselves are refused: ${perfect.problem}`];
  const { trivial } = perfect;
  return [
    ...(isBest(perfect.value, labels) ? [] : [`The answers themselves get ${perfect.value}.`]),
    ...(trivial === undefined ? ["No constant has a score."] : standings(labels, trivial)),
    ...(trivial === undefined ? [] : await ofShuffled(labels, grade, truth, bestConstant(labels, truth, trivial))),
    ...(await ofFaults(labels, grade)),
  ];
};

/** Errors and losses are 0 at best, all others 1; a logarithmic loss counts a certainty as nearly one. */
const isBest = (value: number, { direction, metric }: ReportLabels): boolean =>
  metric === undefined || Math.abs(value - (direction === "minimize" ? 0 : 1)) < 1e-9;

const standings = ({ references, direction }: ReportLabels, trivial: number): readonly string[] => {
  if (references.length === 0) return [];
  const at = (value: number) => standingOf({ value, error: Number.NaN, trivial }, references, direction)?.score;
  const values = references.filter(({ name }) => name !== "trivial").map(({ value }) => value);
  const best = direction === "minimize" ? Math.min(...values) : Math.max(...values);
  return at(trivial) === 0 && at(best) === 1
    ? []
    : [`The trivial predictor stands at ${at(trivial)}, the best reference at ${at(best)}: not at 0 and 1.`];
};

/** Of training rows, or of the answers where that is better: shuffled answers know how answers are distributed, which may change in time. */
const bestConstant = (labels: ReportLabels, truth: HeldOut["train"], trivial: number): number => {
  if (labels.metric === undefined) return trivial;
  const known = { ...labels, labels: { ...labels.labels, train: truth } };
  const graded = gradeSubmission(submissionOf(labels, truth), known);
  const other = graded.valid ? (graded.trivial ?? trivial) : trivial;
  return labels.direction === "minimize" ? Math.min(trivial, other) : Math.max(trivial, other);
};

const ofShuffled = async (
  labels: ReportLabels,
  grade: Grader,
  truth: readonly (readonly string[])[],
  trivial: number,
): Promise<readonly string[]> => {
  const random = seededRandom(1);
  let better = 0;
  for (let round = 0; round < shuffles; round++) {
    const mixed = truth
      .map((row) => ({ row, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => row);
    const graded = await grade(submissionOf(labels, mixed));
    // A deviance is not defined where 0 is predicted: what is refused is no better than a constant.
    if (!graded.valid) continue;
    const noise = 3 * (graded.error ?? 0);
    if (labels.direction === "minimize" ? graded.value < trivial - noise : graded.value > trivial + noise) better++;
  }
  return better > 1 ? [`Shuffled answers are better than the trivial predictor, ${better} of ${shuffles} times.`] : [];
};

const ofFaults = async (labels: ReportLabels, grade: Grader): Promise<readonly string[]> => {
  const taken: string[] = [];
  for (const { name, bytes } of faultySubmissions(labels)) {
    const graded = await grade(bytes);
    if (graded.valid || graded.problem === "") taken.push(`A submission with ${name} is not refused.`);
  }
  return taken;
};
