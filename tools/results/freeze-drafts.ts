import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Evaluation, Solution } from "@aide-ts/plugin";
import { failureKind, repairCase, type RepairCase } from "../../packages/repair-bench/src/index.ts";
import { readRecord, readRun, type RunRecord } from "@aide-ts/run";

/** Freezes failed drafts of each run in a folder: node tools/results/freeze-drafts.ts RUNS CASES */
const [runs = "", cases = ""] = process.argv.slice(2);

/** Of a task's first run; the second makes it ten. */
const most = 5;

/** What a run's config gives, as `key=value`. */
const givenIn = ({ config }: RunRecord): readonly string[] =>
  "args" in config ? config.args : flat(config.values).map(([key, value]) => `${key}=${value}`);

const flat = (value: unknown, key = ""): readonly (readonly [string, string])[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, inner]) => flat(inner, key === "" ? name : `${key}.${name}`))
    : [[key, typeof value === "string" ? value : JSON.stringify(value)]];

const argument = (args: readonly string[], key: string): string =>
  args.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) ?? "";

type Failed = Solution & { readonly evaluation: Extract<Evaluation, { readonly valid: false }> };

const failedIn = (solutions: readonly Solution[]): readonly Failed[] => {
  const failed = solutions.filter((one): one is Failed => !one.evaluation.valid && one.candidate.code !== "");
  return failed.filter(({ candidate }, at) => failed.findIndex((one) => one.candidate.code === candidate.code) === at);
};

/** The first that fail each in another way; where these are too few, the first of the others. */
const chosenOf = (failed: readonly Failed[], count: number): readonly Failed[] => {
  const way = ({ evaluation }: Failed): string => (evaluation.feedback.split("\n")[0] ?? "").replaceAll(/\d+/g, "#");
  const others = failed.filter((one, at) => failed.findIndex((earlier) => way(earlier) === way(one)) !== at);
  const different = failed.filter((one) => !others.includes(one));
  const taken = [...different, ...others].slice(0, count);
  return failed.filter((one) => taken.includes(one));
};

/** The fix that was written for this draft before. */
const fixOf = (file: string, code: string): Pick<RepairCase, "fix"> => {
  const known = existsSync(file) ? repairCase.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  return known?.code === code && known.fix !== undefined ? { fix: known.fix } : {};
};

const property = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const modelIn = ({ models: { code } }: RunRecord): string =>
  [property(code, "model"), property(property(code, "details"), "quantisation")].join(" ");

const counts = new Map<string, number>();

for (const name of readdirSync(runs).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))) {
  const folder = join(runs, name);
  const record = await readRecord(folder);
  const args = givenIn(record);
  const { journal } = await readRun(folder);
  const data = argument(args, "data_dir");
  const task = data.replace(/^.*\//, "").replaceAll("_", "-");
  const before = counts.get(task);
  const count = before === undefined ? most : 2 * most - before;
  for (const { candidate, evaluation, execution, id } of chosenOf(failedIn(journal.solutions), count)) {
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
      ...fixOf(join(cases, `${task}-${String(number).padStart(2, "0")}.json`), candidate.code),
      origin: {
        model: modelIn(record),
        config: args.filter((one) => !/^(data_dir|goal|eval|exp_name|log_dir|workspace_dir)=/.test(one)),
        solution: id,
      },
    };
    writeFileSync(join(cases, `${frozen.name}.json`), `${JSON.stringify(frozen, null, 2)}\n`);
    console.log(frozen.name, frozen.failure.kind, evaluation.feedback.split("\n")[0]);
  }
}
