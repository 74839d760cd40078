import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failureKind, type RepairCase } from "../../packages/repair-bench/src/index.ts";
import { readRun } from "../../packages/cli/src/run/read-run.ts";
import { argumentsOf, readRecord } from "../../packages/cli/src/run/record.ts";

/** Freezes the first failed drafts of each run in a folder: node tools/results/freeze-drafts.ts RUNS CASES */
const [runs = "", cases = ""] = process.argv.slice(2);

/** Of each run; two runs of a task make ten. */
const most = 5;

const argument = (args: readonly string[], key: string): string =>
  args.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) ?? "";

const counts = new Map<string, number>();

for (const name of readdirSync(runs).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))) {
  const folder = join(runs, name);
  const record = await readRecord(folder);
  const args = argumentsOf(record);
  const { journal } = await readRun(folder);
  const data = argument(args, "data_dir");
  const seen = new Set<string>();
  for (const solution of journal.solutions) {
    const { candidate, evaluation, execution } = solution;
    if (evaluation.valid || candidate.code === "" || seen.has(candidate.code) || seen.size === most) continue;
    seen.add(candidate.code);
    const task = data.replace(/^.*\//, "").replaceAll("_", "-");
    const number = (counts.get(task) ?? 0) + 1;
    counts.set(task, number);
    const frozen: RepairCase = {
      name: `${task}-${String(number).padStart(2, "0")}`,
      task: { data_dir: data, goal: argument(args, "goal"), eval: argument(args, "eval") },
      plan: candidate.plan,
      code: candidate.code,
      failure: {
        kind: failureKind(candidate.code, evaluation, execution?.exception),
        cause: evaluation.cause,
        ...(execution?.exception === undefined ? {} : { exception: execution.exception.type }),
        feedback: evaluation.feedback,
      },
      origin: {
        model: JSON.stringify(record.models["code"]),
        config: args.filter((one) => !/^(data_dir|goal|eval|exp_name|log_dir|workspace_dir)=/.test(one)),
        solution: solution.id,
      },
    };
    writeFileSync(join(cases, `${frozen.name}.json`), `${JSON.stringify(frozen, null, 2)}\n`);
    console.log(frozen.name, frozen.failure.kind, evaluation.feedback.split("\n")[0]);
  }
}
