import type { Config } from "@aide-ts/core";
import { renderSkeleton, type Roles, type ScriptFile, type SkeletonRequest } from "@aide-ts/data";
import type { PreparedTask } from "./prepared-task.ts";

/** The script that drafts fill in; empty where the task has no tables, or no rows to predict. */
export const skeletonOf = (
  sources: Readonly<Record<string, string>>,
  { coder }: Pick<Config, "coder">,
  { inputRoles: roles, data, resolved }: PreparedTask,
): string => {
  if (roles === undefined || data?.submission === undefined) return "";
  const file: ScriptFile = coder.form === "script" ? "coder/skeleton" : "coder/frame";
  const request: SkeletonRequest = {
    roles,
    submission: data.submission,
    testPath: data.testPath,
    metric: resolved.task.metric,
    classes: resolved.classes,
    answers: answersOf(roles, resolved.classes),
  };
  return renderSkeleton(sources[file] ?? "", request, file);
};

/** Labels have the type that the sample submission shows: whole numbers, or truth values as 0 and 1. */
const answersOf = ({ sample, id, targets, labels, whole }: Roles, classes: boolean): SkeletonRequest["answers"] => {
  const shown = sample?.columns.filter(({ name }) => !id.sample.includes(name)) ?? [];
  const labelled = (labels?.table ?? whole).columns.filter(({ name }) => targets.includes(name));
  const all = (columns: typeof shown, holds: (column: (typeof shown)[number]) => boolean) =>
    columns.length > 0 && columns.every(holds);
  const isWhole = ({ type }: { readonly type: string }) => type === "integer";
  if (!classes) return all(shown, isWhole) && all(labelled, isWhole) ? "whole numbers" : "as they are";
  if (all(shown, isWhole) && all(labelled, isTruth)) return "0 and 1";
  return all(shown, isTruth) && all(labelled, isWhole) ? "truth values" : "as they are";
};

/** True and False to pandas. */
const isTruth = ({ type, values }: { readonly type: string; readonly values: readonly string[] }): boolean =>
  type === "boolean" && values.every((value) => value === "True" || value === "False");
