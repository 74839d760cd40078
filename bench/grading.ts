// `aide grade` on 1,000 submissions of 1,459 rows, as a process: the slowest of three metrics beside the goal in seconds, and how long the command takes for one.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@aide-ts/core";

const aide = fileURLToPath(new URL("../packages/cli/bin/aide.mjs", import.meta.url));
const submissions = Number(process.env["SUBMISSIONS"] ?? 1000);
const rows = Array.from({ length: 1459 }, (_, at) => at + 1);
const random = seededRandom("grading");
const root = mkdtempSync(join(tmpdir(), "aide-grading-"));

const table = (name: string, cell: () => string | number): string =>
  `id,${name}\n${rows.map((row) => `${row},${cell()}\n`).join("")}`;

/** Labels and predictions of a kind of task. */
const kinds = {
  rmsle: { label: () => Math.exp(11 + random()), prediction: () => Math.exp(11 + random()) },
  auc: { label: () => Math.round(random()), prediction: random },
  "macro-f1": {
    label: () => "abcde"[Math.floor(5 * random())] ?? "",
    prediction: () => "abcde"[Math.floor(5 * random())] ?? "",
  },
} as const;

const secondsOf = (metric: keyof typeof kinds): { readonly one: number; readonly all: number } => {
  const { label, prediction } = kinds[metric];
  const folder = join(root, metric);
  for (const part of ["public", "private", "submissions"]) mkdirSync(join(folder, part), { recursive: true });
  const task = { title: "Bench", kind: "bench", goal: "Predict y", eval: metric, metric, target: "y", id: "id" };
  writeFileSync(
    join(folder, "task.yaml"),
    Object.entries(task)
      .map((pair) => `${pair.join(": ")}\n`)
      .join(""),
  );
  writeFileSync(join(folder, "private", "answers.csv"), table("y", label));
  const files = Array.from({ length: submissions }, (_, at) => join(folder, "submissions", `${at}.csv`));
  for (const file of files) writeFileSync(file, table("y", prediction));
  const time = (paths: readonly string[]): number => {
    const began = performance.now();
    const printed = execFileSync(process.execPath, [aide, "grade", ...paths, "--task", folder], {
      encoding: "utf8",
      maxBuffer: Infinity,
    });
    const graded = printed.split("\n").filter((line) => line.includes(" ± ")).length;
    if (graded !== paths.length) throw new Error(`${graded} of ${paths.length} were graded:\n${printed.slice(0, 500)}`);
    return Number(((performance.now() - began) / 1000).toFixed(2));
  };
  return { one: time(files.slice(0, 1)), all: time(files) };
};

try {
  const times = (Object.keys(kinds) as (keyof typeof kinds)[]).map((metric) => ({ metric, ...secondsOf(metric) }));
  const goal = 30;
  console.log(
    JSON.stringify({
      name: "grading",
      submissions,
      rows: rows.length,
      times,
      goal,
      ok: times.every(({ all }) => all <= goal),
      unit: "s",
    }),
  );
} finally {
  rmSync(root, { recursive: true });
}
