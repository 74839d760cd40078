import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cellsOf, conduct } from "../../src/index.ts";
import { planOf, temporary } from "../made-up.ts";

it("runs are graded a thousand at a time, those alone that were not graded before", async () => {
  const root = temporary();
  const plan = planOf(root, { outcome: "report-score", seeds: Array.from({ length: 601 }, (_, seed) => seed) });
  const cells = cellsOf(plan);
  for (const [at, { folder, task, arm, seed }] of cells.entries()) {
    mkdirSync(join(root, folder), { recursive: true });
    const attempts = [{ kind: "finished", reason: "steps", message: "" }];
    writeFileSync(join(root, folder, "cell.json"), JSON.stringify({ task: task.name, arm: arm.name, seed, attempts }));
    const final = { valid: false, brief: "no submission" };
    if (at === 0) writeFileSync(join(root, folder, "grades.json"), JSON.stringify({ final, solutions: [] }));
  }
  const graded: (readonly string[])[] = [];
  await conduct({
    plan,
    root,
    launcher: { launch: () => Promise.reject(new Error("all are made")), [Symbol.asyncDispose]: async () => undefined },
    command: async () => [],
    launchFolder: join(root, "launch"),
    grade: async (folders) => void graded.push(folders),
    notify: () => undefined,
    signal: new AbortController().signal,
  });
  expect(graded.map(({ length }) => length)).toEqual([1000, 201]);
  expect(graded.flat()).toEqual(cells.slice(1).map(({ folder }) => join(root, folder)));
});
