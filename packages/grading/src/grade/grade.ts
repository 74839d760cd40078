import { checkSubmission, scoreHeldOut } from "@aide-ts/evaluation";
import type { ReportLabels } from "../labels/report-labels.ts";
import { standingOf, type Standing } from "../references/reference.ts";

/** What a submission is worth on the report labels. */
export type Grade =
  | ({
      readonly valid: true;
      readonly value: number;
      /** Standard error of the value. */
      readonly error: number | undefined;
      /** Better than the best constant. */
      readonly useful: boolean;
    } & Partial<Standing>)
  | {
      readonly valid: false;
      /** A clause. */
      readonly brief: string;
      readonly problem: string;
    };

/**
 * Grades a submission.
 * @param rows `all`: it must hold the rows to predict and no others; `among others`: it may hold others, as those that a search held back
 */
export const gradeSubmission = (
  bytes: Uint8Array,
  { metric, direction, format, labels, references }: ReportLabels,
  rows: "all" | "among others" = "all",
): Grade => {
  const checked = checkSubmission(bytes, format, rows);
  if (!checked.ok) return { valid: false, brief: checked.brief, problem: checked.problem };
  const scored = scoreHeldOut(metric, format, labels, checked.rows);
  if (!scored.ok) return { valid: false, brief: scored.brief, problem: scored.problem };
  const { value, error, trivial, useful } = scored;
  const standing = standingOf({ value, error, trivial }, references, direction);
  return { valid: true, value, error: Number.isNaN(error) ? undefined : error, useful, ...standing };
};
