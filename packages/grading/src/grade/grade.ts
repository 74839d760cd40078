import { checkSubmission, scoreHeldOut, scoredByOwn, type OwnMetric, type Scored } from "@aide-ts/evaluation";
import { metricNotGraded } from "../errors.ts";
import type { ReportLabels } from "../labels/report-labels.ts";
import { standingOf, type Standing } from "../references/reference.ts";

/** What a submission is worth on the report labels. */
export type Grade =
  | ({
      readonly valid: true;
      readonly value: number;
      /** Standard error of the value. */
      readonly error: number | undefined;
      /** What the best constant gets. */
      readonly trivial: number | undefined;
      /** Better than that. */
      readonly useful: boolean;
    } & Partial<Standing>)
  | {
      readonly valid: false;
      /** A clause. */
      readonly brief: string;
      readonly problem: string;
    };

/** Which rows a submission must hold. `among others`: it may have further ones, as those that a search held back. */
export type Rows = "all" | "among others";

/** Grades submissions to one task. */
export type Grader = (bytes: Uint8Array, rows?: Rows) => Promise<Grade>;

/** By the library's metric, or by the task's own grader where it has one. */
export const graderOf = (labels: ReportLabels, own?: Pick<OwnMetric, "score">): Grader =>
  own === undefined
    ? (bytes, rows) => Promise.resolve(gradeSubmission(bytes, labels, rows))
    : (bytes, rows) => gradeByOwn(bytes, labels, own, rows);

/** By a metric of the library. @throws AIDE_REPORT_METRIC where a grader of the task's own scores */
export const gradeSubmission = (bytes: Uint8Array, labels: ReportLabels, rows: Rows = "all"): Grade => {
  const checked = checkSubmission(bytes, labels.format, rows);
  if (!checked.ok) return refused(checked);
  const { metric, format, task } = labels;
  if (metric === undefined) throw metricNotGraded(task.name, labels.metricName);
  return gradeOf(scoreHeldOut(metric, format, labels.labels, checked.rows), labels);
};

const gradeByOwn = async (
  bytes: Uint8Array,
  labels: ReportLabels,
  own: Pick<OwnMetric, "score">,
  rows: Rows = "all",
): Promise<Grade> => {
  const checked = checkSubmission(bytes, labels.format, rows);
  if (!checked.ok) return refused(checked);
  return gradeOf(scoredByOwn(await own.score(labels.format, labels.labels, checked.rows), labels.direction), labels);
};

const refused = ({ brief, problem }: { readonly brief: string; readonly problem: string }): Grade => ({
  valid: false,
  brief,
  problem,
});

const gradeOf = (scored: Scored, { references, direction }: ReportLabels): Grade => {
  if (!scored.ok) return refused(scored);
  const { value, error, trivial, useful } = scored;
  return {
    valid: true,
    value,
    error: Number.isNaN(error) ? undefined : error,
    trivial: Number.isNaN(trivial) ? undefined : trivial,
    useful,
    ...standingOf({ value, error, trivial }, references, direction),
  };
};
