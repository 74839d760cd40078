import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cellsOf, freezePlan, readPlan, type Plan } from "@aide-ts/ablation";
import { seededRandom } from "@aide-ts/core";
import { readRun } from "@aide-ts/run/record";

/** Real runs of twelve steps by a small model, with a strategy that runs scripts of its own. */
const logs = fileURLToPath(new URL("../docs/results/house-prices/", import.meta.url));
const sources = ["attrition", "hitters", "house-prices"];
const seedsOfSource = 5;

/** Arms without a draft in common: labels are permuted, the slower of the two tests. */
const written = {
  tasks: Array.from({ length: 20 }, (_, at) => ({ name: `task-${at}`, data_dir: `./task-${at}`, goal: "Predict y" })),
  seeds: 50,
  drafts: "own",
  arms: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`arm-${at}`, { slots: at + 1 }])),
};

export interface BigFolder {
  readonly plan: Plan;
  /** Bytes of all logs. */
  readonly bytes: number;
}

/** The folder of an ablation of 10,000 cells, made and graded: logs are copies of real ones, grades drawn. */
export const writeBigFolder = async (root: string): Promise<BigFolder> => {
  await mkdir(root, { recursive: true });
  const file = join(root, "big.json");
  await writeFile(file, JSON.stringify(written));
  const at = new Date();
  const plan = await freezePlan(root, await readPlan(file), { file, version: "bench", at, mask: (text) => text });
  const random = seededRandom("ablation");
  const solutions = new Map<string, readonly string[]>();
  let bytes = 0;
  for (const { task, arm, seed, folder } of cellsOf(plan)) {
    const [t, a] = [plan.tasks.indexOf(task), plan.arms.indexOf(arm)];
    const source = join(logs, sources[t % sources.length] ?? "", `seed-${(seed + a) % seedsOfSource}`);
    const known = solutions.get(source) ?? (await readRun(source)).journal.solutions.map(({ id }) => id);
    solutions.set(source, known);
    const target = join(root, folder);
    await mkdir(target, { recursive: true });
    for (const name of ["run.json", "events.jsonl"]) await copyFile(join(source, name), join(target, name));
    bytes += (await readFile(join(target, "events.jsonl"))).length;
    const merit = 0.3 + 0.02 * a + 0.2 * random();
    const grade = () => {
      const score = merit + 0.3 * random();
      return random() < 0.2
        ? { valid: false, brief: "no submission", problem: "The script left no submission." }
        : {
            valid: true,
            value: 300 * (1 - score),
            error: 30,
            trivial: 300,
            useful: score > 0.4,
            score,
            scoreError: 0.1,
          };
    };
    const grades = { final: grade(), solutions: known.map((id) => ({ id, grade: grade() })) };
    await writeFile(join(target, "grades.json"), `${JSON.stringify(grades, undefined, 1)}\n`);
    const attempts = [{ kind: "finished", reason: "steps", message: "All 12 steps are done." }];
    const record = { task: task.name, arm: arm.name, seed, attempts };
    await writeFile(join(target, "cell.json"), `${JSON.stringify(record, null, 2)}\n`);
  }
  return { plan, bytes };
};
