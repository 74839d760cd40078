import type { HeldOut, OwnScore, SubmissionFormat, Task } from "@aide-ts/plugin";
import { scoreOf, type Compared } from "../metrics/compared.ts";
import { isConstant, mean } from "../metrics/mean.ts";
import type { Metric, Numbers } from "../metrics/metric.ts";
import { standardError } from "../metrics/standard-error.ts";
import { dataNumber, type TargetCells } from "./cells.ts";
import { compareTarget } from "./compare.ts";
import { trivialScore } from "./trivial.ts";

export type Scored =
  | {
      readonly ok: true;
      readonly value: number;
      /** Standard error of the value; NaN where there is none. */
      readonly error: number;
      /** What the best constant gets; NaN where none has a score. */
      readonly trivial: number;
      /** Better than the best constant. */
      readonly useful: boolean;
      /** Each target with its rows; none of a metric of the task's own. */
      readonly compared: readonly Compared[];
      /** The range of the predictions beside that of the training target: says at once where a transformation was not undone. */
      readonly scale: string;
    }
  | { readonly ok: false; readonly problem: string; /** A clause for one line. */ readonly brief: string };

type Refused = Extract<Scored, { ok: false }>;

const fail = (brief: string, problem: string): Refused => ({ ok: false, brief, problem });

interface ScoredTarget {
  readonly value: number;
  readonly compared: Compared;
  readonly trivial: () => number;
  readonly scale: string;
}

/**
 * Scores the rows held back; several targets are averaged. A row does not count for a target that is unknown in it, nor a target of which these rows
 * allow no score.
 */
export const scoreHeldOut = (
  metric: Metric,
  format: SubmissionFormat,
  held: HeldOut,
  rows: ReadonlyMap<string, readonly string[]>,
): Scored => {
  const scored = scoredTargets(metric, format, held, rows);
  return scored.ok ? summary(metric, scored.targets) : scored;
};

/** Each target that counts, with its rows, without what scoring says of them; none where the predictions cannot be scored. */
export const compareHeldOut = (
  metric: Metric,
  format: SubmissionFormat,
  held: HeldOut,
  rows: ReadonlyMap<string, readonly string[]>,
): readonly Compared[] => {
  const scored = scoredTargets(metric, format, held, rows);
  return scored.ok ? scored.targets.map(({ compared }) => compared) : [];
};

const scoredTargets = (
  metric: Metric,
  format: SubmissionFormat,
  held: HeldOut,
  rows: ReadonlyMap<string, readonly string[]>,
): { readonly ok: true; readonly targets: readonly ScoredTarget[] } | Refused => {
  const scored: ScoredTarget[] = [];
  for (const [column, name] of format.targets.entries()) {
    const cells = cellsOf(name, column, held, rows);
    if (cells.truth.length === 0) continue;
    const target = compareTarget(metric, format, cells);
    if (!target.ok) return fail("predictions that cannot be scored", target.problem);
    const { compared, classes } = target;
    scored.push({
      value: valueOf(compared),
      compared,
      trivial: () => trivialScore(compared, classes, cells.train),
      scale: scaleOf(compared, cells.train),
    });
  }
  const counting = scored.filter(({ value, compared }) => !Number.isNaN(value) || isDefined(compared));
  return { ok: true, targets: counting.length === 0 ? scored : counting };
};

const summary = (metric: Metric, targets: readonly ScoredTarget[]): Scored => {
  const average = (of: (target: ScoredTarget) => number) => mean(targets.map(of));
  const value = average((target) => target.value);
  const scale = targets
    .map((target) => target.scale)
    .join(" ")
    .trim();
  if (!Number.isFinite(value)) {
    const because = Number.isNaN(value) ? whyNot(targets) : "";
    return fail(
      `no finite ${metric.name}${spread(targets)}`,
      `The predictions give no finite ${metric.name}.${because} ${scale}`.trim(),
    );
  }
  const error = average(({ compared }) => standardError(compared));
  const trivial = average((target) => target.trivial());
  const better = metric.direction === "minimize" ? value < trivial : value > trivial;
  const compared = targets.map((target) => target.compared);
  return { ok: true, value, error, trivial, useful: better || Number.isNaN(trivial), compared, scale };
};

/** Where one target's predictions lie, for one line. */
const spread = ([first, ...more]: readonly ScoredTarget[]): string =>
  first?.compared.input === "numbers" && first.compared.metric.input === "number" && more.length === 0
    ? ` for predictions between ${range(first.compared.predicted)}`
    : "";

const whyNot = (targets: readonly ScoredTarget[]): string => {
  const where = targets.find(({ value }) => Number.isNaN(value))?.compared.metric.undefinedWhere;
  return where === undefined ? "" : ` It is not defined where ${where}.`;
};

/** A constant prediction has no correlation, but the score of one. */
const valueOf = (compared: Compared): number => {
  const value = scoreOf(compared);
  const { constantScore } = compared.metric;
  if (!Number.isNaN(value) || constantScore === undefined || compared.input !== "numbers") return value;
  return isConstant(compared.predicted) && isDefined(compared) ? constantScore : value;
};

/** Whether right predictions have a score: not so where all rows are of one class. */
const isDefined = (compared: Compared): boolean =>
  compared.input !== "numbers" || !Number.isNaN(scoreOf({ ...compared, predicted: compared.truth }));

const cellsOf = (
  name: string,
  column: number,
  held: HeldOut,
  rows: ReadonlyMap<string, readonly string[]>,
): TargetCells => {
  const truth: string[] = [];
  const answers: (readonly string[])[] = [];
  for (const [key, labels] of held.truth) {
    const label = labels[column] ?? "";
    if (label === "") continue;
    truth.push(label);
    answers.push(rows.get(key) ?? []);
  }
  return { name, truth, answers, column, train: held.train.map((labels) => labels[column] ?? "") };
};

const scaleOf = (compared: Compared, train: readonly string[]): string => {
  if (compared.input !== "numbers" || compared.metric.input !== "number") return "";
  const known = Float64Array.from(train, dataNumber).filter(Number.isFinite);
  return `The predictions lie between ${range(compared.predicted)}, the target in the training data between ${range(known)}.`;
};

const range = (values: Numbers): string => {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    least = Math.min(least, values[at] ?? least);
    most = Math.max(most, values[at] ?? most);
  }
  return [least, most].map((value) => String(Number(value.toPrecision(4)))).join(" and ");
};

/** What a metric of the task's own gives, as a score of the library's. */
export const scoredByOwn = (own: OwnScore, direction: Task["direction"]): Scored => {
  if (!own.ok) return { ok: false, brief: "predictions that cannot be scored", problem: own.problem };
  const { value, error = Number.NaN, trivial = Number.NaN } = own;
  const better = direction === "minimize" ? value < trivial : value > trivial;
  return { ok: true, value, error, trivial, useful: better || Number.isNaN(trivial), compared: [], scale: "" };
};
