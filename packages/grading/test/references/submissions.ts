import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Task } from "@aide-ts/tasks";
import { parse } from "csv-parse/sync";
import { graderOf, gradeReferences, readReportLabels, type GradedReferences } from "../../src/index.ts";

/** What the submissions in a folder score on a task's labels. */
export const gradedReferences = async (task: Task, folder: string): Promise<GradedReferences> => {
  const labels = await readReportLabels(task);
  return gradeReferences(labels, graderOf(labels), folder);
};

/** Header and rows of a reference submission. */
export const submissionOf = (folder: string, pipeline: string): readonly (readonly string[])[] =>
  parse(gunzipSync(readFileSync(join(folder, `${pipeline}.csv.gz`))));

export const pipelinesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".csv.gz"))
    .map((name) => name.slice(0, -".csv.gz".length));

export const failuresIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".failed.json"))
    .map((name) => `${name}: ${JSON.parse(readFileSync(join(folder, name), "utf8")).reason}`);
