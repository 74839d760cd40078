// Prints what runs came to, from their raw logs: a table for each task below the folder that is named.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "docs/results/house-prices"] = process.argv.slice(2);
const folders = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const rounded = (value) => Number(value.toPrecision(4));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const calls = (run) =>
  readFileSync(join(run, "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .flatMap((event) => (event.type === "effect-ended" && event.spent !== undefined ? [event.spent] : []));

const rowOf = (run, seed) => {
  const { nodes } = JSON.parse(readFileSync(join(run, "journal.json"), "utf8"));
  const { task } = JSON.parse(readFileSync(join(run, "run.json"), "utf8"));
  const report = readFileSync(join(run, "report.md"), "utf8");
  const valid = nodes.filter(({ is_buggy }) => !is_buggy);
  const scores = valid.map(({ metric }) => metric.value);
  const best = task.direction === "minimize" ? Math.min(...scores) : Math.max(...scores);
  const first = nodes.findIndex(({ is_buggy }) => !is_buggy) + 1;
  const constant = /a constant scores (\S+?)\.(?:\s|$)/.exec(valid[0]?.analysis ?? "")?.[1] ?? "";
  const spent = calls(run);
  const anew = spent.map(({ prompt, cached }) => prompt - cached);
  const prompt = spent.reduce((sum, one) => sum + one.prompt, 0);
  return [
    seed.replace("seed-", ""),
    `${valid.length} of ${nodes.length}`,
    first === 0 ? "none" : first,
    scores.length === 0 ? "none" : `${rounded(best)} ${/±\s\S+/.exec(report)?.[0] ?? ""}`,
    constant,
    /final run on all rows: (\d+)/.exec(report)?.[1] ?? "none",
    `${Math.round((100 * anew.reduce((a, b) => a + b, 0)) / prompt)} %`,
    median(anew),
    /After (\d+) s/.exec(report)?.[1] ?? "",
  ];
};

const head = ["seed", "valid", "first valid step", "search score", "constant", "rows of the final submission"];
const header = [...head, "prompt tokens evaluated anew", "in the median call", "seconds"];
for (const task of folders(folder)) {
  console.log(`\n### ${task}\n\n| ${header.join(" | ")} |\n|${" --- |".repeat(header.length)}`);
  for (const seed of folders(join(folder, task)))
    console.log(`| ${rowOf(join(folder, task, seed), seed).join(" | ")} |`);
}
