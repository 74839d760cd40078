import type { SubmissionFormat } from "@aide-ts/plugin";
import type { Metric } from "../metrics/metric.ts";
import type { TargetCells } from "./cells.ts";
import { compareClassColumns } from "./class-columns.ts";
import { compareColumn } from "./column.ts";
import type { ComparedTarget } from "./compared-target.ts";

/** Reads the answers in the form of the metric that fits the submission. */
export const compareTarget = (metric: Metric, format: SubmissionFormat, cells: TargetCells): ComparedTarget => {
  const forms = [metric, ...(metric.otherForms ?? [])];
  return format.kind === "class-probabilities"
    ? compareClassColumns(forms, format, cells)
    : compareColumn(forms, format, cells);
};
