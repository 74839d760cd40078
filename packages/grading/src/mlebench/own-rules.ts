import { scoreHeldOut } from "@aide-ts/evaluation";
import type { AnswerKey } from "./answer-key.ts";
import type { OwnRulesScore } from "./grade.ts";
import { submissionRows } from "./submission-rows.ts";

const invalid = (problem: string): OwnRulesScore => ({ valid: false, problem });

/**
 * Scores a submission without MLE-bench, by the metric library. Rows are compared by id and columns by name, also where graders of MLE-bench go by their order
 * alone (rows of nomad2018 and new-york-city-taxi-fare, columns of jigsaw-toxic and spooky): a submission in the order of the sample has the same score.
 */
export const scoreByOwnRules = (bytes: Uint8Array, key: AnswerKey): OwnRulesScore => {
  const read = submissionRows(bytes, key);
  if (!read.ok) return invalid(read.problem);
  const problem = brokenRule(read.rows, key);
  if (problem !== undefined) return invalid(problem);
  if (key.isText === true) return { valid: true, score: fiveDecimals(shareAlike(read.held.truth, read.rows)) };
  const scored = scoreHeldOut(key.metric, read.format, read.held, read.rows);
  return scored.ok ? { valid: true, score: fiveDecimals(scored.value) } : invalid(scored.problem);
};

type Rows = ReadonlyMap<string, readonly string[]>;

const shareAlike = (truth: Rows, rows: Rows): number => {
  let alike = 0;
  for (const [key, [text]] of truth) if (rows.get(key)?.[0] === text) alike++;
  return alike / truth.size;
};

/** As numpy compares sums to 1 with an absolute tolerance of 1e-6 beside its relative one. */
const tolerance = 1e-6 + 1e-5;

const brokenRule = (rows: Rows, { form, values, metric, truth, isText }: AnswerKey): string | undefined => {
  const areWhole =
    form === "columns" &&
    metric.input === "label" &&
    isText !== true &&
    truth.every((row) => row.every((cell) => Number.isInteger(Number(cell))));
  for (const row of rows.values()) {
    const numbers = row.map(Number);
    if (areWhole && !numbers.every(Number.isInteger)) return `The prediction ${row.join(", ")} is no whole number.`;
    if (values === undefined) continue;
    if (!numbers.every((value) => value >= 0 && value <= 1))
      return `The prediction ${row.join(", ")} is no probability: they are numbers from 0 to 1.`;
    const sum = numbers.reduce((all, value) => all + value, 0);
    if (values === "distribution" && Math.abs(sum - 1) > tolerance)
      return `The probabilities of a row sum to ${sum}, not to 1.`;
  }
  return undefined;
};

/** Rounds to five decimals as Python's `round` does: by the exact value of the double, halves to the even digit. */
export const fiveDecimals = (score: number): number => {
  // A double lies halfway between two such numbers where it is an odd multiple of 1/64, and nowhere else.
  if (Math.abs((score * 64) % 2) !== 1) return Number(score.toFixed(5));
  const below = Math.floor(score * 1e5);
  return (below % 2 === 0 ? below : below + 1) / 1e5;
};
