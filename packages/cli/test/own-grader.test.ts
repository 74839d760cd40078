import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { block, fixtures, freshFolder, good, runFolder } from "./aide.ts";
import { aideHere } from "./aide-here.ts";

/** Too little costs four times as much as too much. */
const program = `import numpy as np
direction = "minimize"
def score(truth, submission):
    gap = truth["y"] - submission["y"]
    return float(np.maximum(0.8 * gap, -0.2 * gap).mean())
`;

const rows = Array.from({ length: 160 }, (_, at) => at + 1);
const label = (row: number): number => (row % 7) * 3 + 1;
const table = (
  header: string,
  cells: (row: number) => readonly (string | number)[],
  from: number,
  to: number,
): string => `${[header, ...rows.slice(from, to).map((row) => cells(row).join(","))].join("\n")}\n`;

/** A task whose metric the library lacks; `grader` is where its program lies. */
const taskWith = (grader: string, metric: string): string => {
  const root = freshFolder();
  const folder = join(root, "task");
  for (const part of ["public", "private"]) mkdirSync(join(folder, part), { recursive: true });
  const files = {
    "task.yaml": `title: Orders\nkind: regression\ngoal: Predict y\neval: What too much and too little cost\nmetric: ${metric}\ntarget: y\nid: id\n`,
    "public/train.csv": table("id,x,y", (row) => [row, row % 7, label(row)], 0, 120),
    "public/test.csv": table("id,x", (row) => [row, row % 7], 120, 160),
    "private/answers.csv": table("id,y", (row) => [row, label(row)], 120, 160),
    [grader]: program,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  writeFileSync(
    join(root, "low.csv"),
    table("id,y", (row) => [row, label(row) - 1], 120, 160),
  );
  writeFileSync(
    join(root, "high.csv"),
    table("id,y", (row) => [row, label(row) + 1], 120, 160),
  );
  return root;
};

it("a grader in the private part scores by a metric that no library has", { timeout: 60_000 }, async () => {
  const root = taskWith("private/grade.py", "cost of orders");
  const graded = await aideHere(["grade", "low.csv", "high.csv", "--task", "./task"], root);
  expect(graded.err).toBe("");
  expect(graded.out).toMatch(/^low\.csv +cost of orders 0\.8/m);
  expect(graded.out).toMatch(/^high\.csv +cost of orders 0\.2/m);
});

it("a metric's file in the public part scores searches as well as reports", { timeout: 120_000 }, async () => {
  const root = taskWith("public/metric.py", "metric.py");
  const backend = JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers: [block(good)] });
  writeFileSync(join(root, "aide.config.yaml"), `backend: ${backend}\nrehearse: false\nstrategies: []\n`);
  expect((await aideHere(["tasks", "check", "./task"], root)).out).toMatch(/task +sound/);
  const ran = await aideHere(["run", "task=./task", "budget.steps=1"], root);
  expect(ran.out).toContain("metric   metric.py, lower is better");
  expect((await aideHere(["grade"], root)).out).toContain("metric.py (minimize)");
  const grades = JSON.parse(readFileSync(join(runFolder(root), "grades.json"), "utf8"));
  expect(grades.final).toMatchObject({ valid: true, useful: true });
  expect(grades.final.value).toBeCloseTo(0, 6);
});

it("without its program a task of an unknown metric is refused, with what to do", async () => {
  const root = taskWith("private/notes.txt", "cost of orders");
  const { code, err } = await aideHere(["grade", "low.csv", "--task", "./task"], root);
  expect(code).toBe(2);
  expect(err).toContain("AIDE_REPORT_METRIC");
  expect(err).toContain("grade.py");
});
