import type { SubmissionFormat } from "@aide-ts/plugin";
import type { Roles } from "../preview/roles.ts";
import { PromptTemplate } from "../prompt/template.ts";

/**
 * A generic pipeline for a table with one target, with `...` where the model must choose; empty where the task has another shape. What is filled
 * in are names of files and columns, nothing about the data.
 */
export const renderSkeleton = (
  source: string,
  roles: Roles | undefined,
  submission: SubmissionFormat | undefined,
  metric: string,
  /** As the data writes it, where the submission asks for its probability. */
  positive: string | undefined,
): string => {
  const [target, second] = roles?.targets ?? [];
  if (
    roles === undefined ||
    submission === undefined ||
    roles.test === undefined ||
    target === undefined ||
    second !== undefined
  )
    return "";
  if (submission.kind === "class-probabilities" || roles.train.table.format !== "csv") return "";
  const { delimiter } = roles.train.table;
  const [message] = new PromptTemplate("coder/skeleton", source).render({
    train: roles.train.path,
    test: roles.test.path,
    separator: delimiter === "," ? "" : `, sep=${JSON.stringify(delimiter)}`,
    target,
    id: submission.id ?? "",
    metric,
    probability: submission.kind === "probability" ? "yes" : "",
    positive: positive === undefined || isNumberOrTruth(positive) ? "" : JSON.stringify(positive),
    value: submission.kind === "value" ? "yes" : "",
  });
  return message?.content ?? "";
};

/** What pandas does not read as text. */
const isNumberOrTruth = (label: string): boolean =>
  /^(true|false)$/i.test(label.trim()) || Number.isFinite(Number(label));
