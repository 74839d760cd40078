// Prints what runs came to, from their raw logs: a table for each task below the folder that is named.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AideJournal } from "@aide-ts/core";
import type { Task } from "@aide-ts/plugin";
import { markdownTable } from "@aide-ts/run/report";
import { promptTokens } from "../../bench/prompt-tokens.ts";
import { median, sum } from "../../bench/report.ts";

const [folder = "docs/results/house-prices"] = process.argv.slice(2);
const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const rounded = (value: number): number => Number(value.toPrecision(4));

const rowOf = (run: string, seed: string): readonly (string | number)[] => {
  const { nodes }: AideJournal = JSON.parse(readFileSync(join(run, "journal.json"), "utf8"));
  const { task }: { readonly task: Task } = JSON.parse(readFileSync(join(run, "run.json"), "utf8"));
  const report = readFileSync(join(run, "report.md"), "utf8");
  const valid = nodes.filter(({ is_buggy }) => !is_buggy);
  const scores = valid.flatMap(({ metric: { value } }) => value ?? []);
  const best = task.direction === "minimize" ? Math.min(...scores) : Math.max(...scores);
  const first = nodes.findIndex(({ is_buggy }) => !is_buggy) + 1;
  const constant = /a constant scores (\S+?)\.(?:\s|$)/.exec(valid[0]?.analysis ?? "")?.[1] ?? "";
  const { all, evaluated } = promptTokens(join(run, "events.jsonl"));
  return [
    seed.replace("seed-", ""),
    `${valid.length} of ${nodes.length}`,
    first === 0 ? "none" : first,
    scores.length === 0 ? "none" : `${rounded(best)} ${/±\s\S+/.exec(report)?.[0] ?? ""}`,
    constant,
    /final run on all rows: (\d+)/.exec(report)?.[1] ?? "none",
    `${Math.round((100 * sum(evaluated)) / sum(all))} %`,
    median(evaluated),
    /After (\d+) s/.exec(report)?.[1] ?? "",
  ];
};

const head = ["seed", "valid", "first valid step", "search score", "constant", "rows of the final submission"];
const header = [...head, "prompt tokens evaluated anew", "in the median call", "seconds"];
for (const task of folders(folder)) {
  const rows = folders(join(folder, task)).map((seed) => rowOf(join(folder, task, seed), seed).map(String));
  console.log(`\n### ${task}\n\n${markdownTable(header, rows)}`);
}
