import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promptTokens } from "./prompt-tokens.ts";
import { median, report, sum } from "./report.ts";

/** How many prompt tokens of a run of 12 steps the embedded model must evaluate, beside all that its prompts have. */
const steps = 12;
const shareGoal = 0.4;
/** Of the median call. */
const tokensGoal = 800;

const bin = fileURLToPath(new URL("../packages/cli/bin/aide.mjs", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "aide-bench-"));
const task = [
  "data_dir=example_tasks/house_prices",
  "goal=Predict the sales price for each house",
  "eval=Use the RMSE metric between the logarithm of the predicted and observed values.",
];
spawnSync(process.execPath, [bin, ...task, `agent.steps=${steps}`], { cwd: root, stdio: "inherit" });
const logs = join(root, "logs");
const [run = ""] = readdirSync(logs);
const { all, evaluated } = promptTokens(join(logs, run, "events.jsonl"));

const typical = { ours: median(evaluated), beside: median(all) };
const shared = { rounds: all.length, unit: "tokens" };
report({ name: "embedded-run-anew", ours: sum(evaluated), beside: sum(all), goal: shareGoal, ...shared });
report({ name: "embedded-run-median", ...typical, goal: tokensGoal / typical.beside, ...shared });
