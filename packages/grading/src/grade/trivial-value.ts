import { checkSubmission, scoreHeldOut } from "@aide-ts/evaluation";
import type { ReportLabels } from "../labels/report-labels.ts";

/**
 * What the best constant scores on the report labels. It is found beside a score of a submission.
 * @param bytes a valid submission, whichever
 * @returns `undefined` where no constant has a score, or the submission has none
 */
export const trivialValue = (
  bytes: Uint8Array,
  { metric, format, labels }: Pick<ReportLabels, "metric" | "format" | "labels">,
): number | undefined => {
  const checked = checkSubmission(bytes, format);
  if (!checked.ok) return undefined;
  const scored = scoreHeldOut(metric, format, labels, checked.rows);
  return scored.ok && Number.isFinite(scored.trivial) ? scored.trivial : undefined;
};
