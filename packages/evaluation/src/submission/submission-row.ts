import type { SubmissionFormat } from "@aide-ts/plugin";

/** The cells of a submission's row in the order of its columns: the key's parts under the id's columns, the answers under the others. */
export const submissionRow = (
  { columns, id }: Pick<SubmissionFormat, "columns" | "id">,
  key: string,
  answers: readonly string[],
): readonly string[] => {
  const ids = key.split("\t");
  let next = 0;
  return columns.map((column) => (id.includes(column) ? ids[id.indexOf(column)] : answers[next++]) ?? "");
};
