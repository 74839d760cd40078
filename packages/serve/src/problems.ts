import type { z } from "zod";

/** The first thing that is wrong with a body: the field, as `messages[0].role`, and a sentence that names it. */
export const firstProblem = ({ issues }: z.ZodError): { readonly field: string; readonly problem: string } => {
  const [first] = issues;
  const { path, message } = first === undefined ? { path: [], message: "expected another value" } : innermost(first);
  const field = fieldOf(path);
  const others = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return { field, problem: `${field === "" ? "The body" : field}: ${message}${others}.` };
};

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a choice between kinds, what is wrong with the kind that was given; the choice itself where it was none of them. */
const innermost = (issue: z.core.$ZodIssue): Problem => {
  if (issue.code !== "invalid_union") return issue;
  for (const problems of issue.errors) {
    const [inner] = problems;
    const isThisKind = problems.every(({ code, path }) => path.length > 0 || code !== "invalid_type");
    if (inner !== undefined && isThisKind) return innermost({ ...inner, path: [...issue.path, ...inner.path] });
  }
  return issue;
};

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map((key, at) => (typeof key === "number" ? `[${key}]` : `${at === 0 ? "" : "."}${String(key)}`)).join("");
