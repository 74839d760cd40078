import type { z } from "zod";
import { configJsonSchema, configSchema, type Config } from "./schema.ts";
import { suggest } from "./suggest.ts";
import { configInvalid } from "../errors/config.ts";

/**
 * Checks a merged config and fills in its defaults.
 * @throws AIDE_CONFIG_INVALID with every problem, where it is and what was likely meant.
 */
export const checkConfig = (input: unknown, from: string): Config => {
  const checked = configSchema.safeParse(input);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.flatMap(problemsOf);
  throw configInvalid(problems, from, problems.includes(noData));
};

const noData = "No data: `data_dir` is missing.";

const problemsOf = (issue: z.core.$ZodIssue): readonly string[] => {
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(issue.path);
    return issue.keys.map((key) => {
      const meant = suggest(key, known);
      const named = (last: string): string => `"${[...issue.path, last].join(".")}"`;
      return `Unknown key ${named(key)}${meant === undefined ? "" : ` (did you mean ${named(meant)}?)`}.`;
    });
  }
  if (issue.code === "invalid_union") {
    const inner = issue.errors.flat().filter((one) => one.code !== "invalid_type");
    if (inner.length > 0) return inner.flatMap((one) => problemsOf({ ...one, path: [...issue.path, ...one.path] }));
  }
  const where = issue.path.join(".");
  if (where === "data_dir" && issue.code === "invalid_type") return [noData];
  return [`${where === "" ? "The config" : `"${where}"`}: ${issue.message}.`];
};

const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
  let at: unknown = configJsonSchema();
  for (const part of path) at = property(property(at, "properties"), String(part));
  const properties = property(at, "properties");
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
};

const property = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
