import { renderSkeleton, type Roles } from "@aide-ts/data";
import type { PreparedTask } from "./prepare-task.ts";

/** The script that drafts fill in; empty where the task has no tables, or no rows to predict. */
export const skeletonOf = (source: string, { inputRoles: roles, data, resolved }: PreparedTask): string => {
  if (roles === undefined || data?.submission === undefined) return "";
  return renderSkeleton(source, {
    roles,
    submission: data.submission,
    testPath: data.testPath,
    metric: resolved.task.metric,
    classes: resolved.classes,
    whole: !resolved.classes && asksWholeNumbers(roles),
  });
};

/** Whether the sample submission shows whole numbers for targets that are whole numbers. */
const asksWholeNumbers = ({ sample, id, targets, labels, train }: Roles): boolean => {
  const answers = sample?.columns.filter(({ name }) => !id.sample.includes(name)) ?? [];
  const labelled = (labels?.table ?? train[0]).columns.filter(({ name }) => targets.includes(name));
  return answers.length > 0 && [...answers, ...labelled].every(({ type }) => type === "integer");
};
