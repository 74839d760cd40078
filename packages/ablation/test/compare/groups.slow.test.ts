import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cellsOf, compareRuns, makeCells, readGroups } from "../../src/index.ts";
import { optionsOf, planOf, temporary, writeData } from "../made-up.ts";

it("groups are runs, folders of runs, and the arms of an ablation", { timeout: 60_000 }, async () => {
  const folder = temporary();
  writeData(folder);
  const plan = planOf(folder);
  await makeCells(cellsOf(plan), optionsOf(folder, plan), () => undefined);
  const shapeOf = async (...words: readonly string[]) =>
    (await readGroups(words, folder)).map(({ name, outcomes }) => [name, outcomes.length]);
  expect(await shapeOf("ablation")).toEqual([
    ["ablation: baseline", 2],
    ["ablation: reflection", 2],
  ]);
  const cells = "ablation/cells/line";
  expect(await shapeOf(`${cells}/baseline`, `${cells}/reflection/seed-0`)).toEqual([
    [`${cells}/baseline`, 2],
    [`${cells}/reflection/seed-0`, 1],
  ]);

  // Runs of one task and seed stand beside one another.
  for (const copy of ["first", "again"])
    cpSync(join(folder, cells, "baseline/seed-0"), join(folder, "runs", copy), { recursive: true });
  const [, runs] = await readGroups([`${cells}/baseline`, "runs"], folder);
  expect(new Set(runs?.outcomes.map(({ seed }) => seed)).size).toBe(2);
  for (const { ending } of runs?.outcomes ?? []) expect(ending?.kind).toBe("finished");

  const lines: string[] = [];
  const shell = { cwd: folder, out: (line: string) => void lines.push(line) };
  expect(await compareRuns(shell, { allowMismatch: false }, `${cells}/baseline`, `${cells}/reflection`)).toBe(0);
  expect(lines.at(-2)).toMatch(/reflection − .*baseline: .* \(1 task, 2 pairs of one task and seed\)$/);

  await expect(readGroups(["runs"], folder)).rejects.toMatchObject({ code: "AIDE_COMPARE_GROUPS" });
  await expect(readGroups(["nowhere", "runs"], folder)).rejects.toMatchObject({ code: "AIDE_RUN_NOT_FOUND" });
});
