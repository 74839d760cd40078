import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { referencesUnreadable } from "../errors.ts";
import type { Grader } from "../grade/grade.ts";
import type { ReportLabels } from "../labels/report-labels.ts";
import type { Reference } from "./reference.ts";

/** What the reference submissions of a task score. */
export interface GradedReferences {
  /** Best first. One of them is `trivial`, the best constant, where that has a score. */
  readonly rows: readonly Reference[];
  /** Pipelines that failed or whose submission has no score. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  /** Pipelines that have not been run. */
  readonly open: readonly string[];
}

type Outcome =
  | { readonly kind: "graded"; readonly reference: Reference; readonly trivial: number | undefined }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "open" };

const pipelines = z.array(z.object({ name: z.string(), family: z.string() }));
const failure = z.object({ reason: z.string() });

/**
 * Grades the submissions that `runReferences` left in a task's folder.
 * @throws AIDE_REFERENCES where the folder does not say which pipelines there are
 */
export const gradeReferences = async (
  labels: ReportLabels,
  grade: Grader,
  folder: string,
): Promise<GradedReferences> => {
  const rows: Reference[] = [];
  const failed: { name: string; reason: string }[] = [];
  const open: string[] = [];
  let trivial: number | undefined;
  for (const pipeline of await pipelinesIn(folder)) {
    const outcome = await outcomeOf(pipeline, folder, grade);
    if (outcome.kind === "open") open.push(pipeline.name);
    if (outcome.kind === "failed") failed.push({ name: pipeline.name, reason: outcome.reason });
    if (outcome.kind !== "graded") continue;
    rows.push(outcome.reference);
    trivial ??= outcome.trivial;
  }
  if (trivial !== undefined) rows.push({ name: "trivial", family: "trivial", value: trivial, error: Number.NaN });
  return { rows: bestFirst(rows, labels.direction), failed, open };
};

const pipelinesIn = async (folder: string): Promise<z.output<typeof pipelines>> => {
  const path = join(folder, "pipelines.json");
  try {
    return pipelines.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw referencesUnreadable(path, cause);
  }
};

const outcomeOf = async (
  { name, family }: { readonly name: string; readonly family: string },
  folder: string,
  grade: Grader,
): Promise<Outcome> => {
  const path = join(folder, `${name}.csv.gz`);
  if (existsSync(path)) {
    const graded = await grade(gunzipSync(await readFile(path)));
    if (!graded.valid) return { kind: "failed", reason: graded.problem };
    const { value, error = Number.NaN, trivial } = graded;
    return { kind: "graded", reference: { name, family, value, error }, trivial };
  }
  const failurePath = join(folder, `${name}.failed.json`);
  if (!existsSync(failurePath)) return { kind: "open" };
  return { kind: "failed", reason: failure.parse(JSON.parse(await readFile(failurePath, "utf8"))).reason };
};

/** Equal ones by name. */
const bestFirst = (rows: readonly Reference[], direction: ReportLabels["direction"]): readonly Reference[] =>
  rows.toSorted(
    (a, b) => (direction === "minimize" ? a.value - b.value : b.value - a.value) || (a.name < b.name ? -1 : 1),
  );
