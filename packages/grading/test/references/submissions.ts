import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

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
