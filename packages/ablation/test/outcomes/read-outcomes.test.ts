import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { cellsOf, readOutcome, readOutcomes, type Cell } from "../../src/index.ts";
import { planOf, temporary } from "../made-up.ts";

const real = fileURLToPath(new URL("../../../../docs/results/suite/hitters/", import.meta.url));

let root: string;
/** More than a thread is given at a time, each by another seed and ending. */
const cells: readonly Cell[] = cellsOf(planOf("/nowhere", { seeds: Array.from({ length: 60 }, (_, seed) => seed) }));

beforeEach(() => {
  root = temporary();
  for (const [at, { folder, task, arm, seed }] of cells.entries()) {
    mkdirSync(join(root, folder), { recursive: true });
    for (const file of ["run.json", "events.jsonl", "grades.json"])
      copyFileSync(join(real, file), join(root, folder, file));
    const attempts = [{ kind: "finished", reason: "steps", message: `the cell ${at}` }];
    writeFileSync(join(root, folder, "cell.json"), JSON.stringify({ task: task.name, arm: arm.name, seed, attempts }));
  }
});

it("a score that a kill cut short is one that the search saw, once", async () => {
  const [cell] = cells;
  const log = join(root, cell!.folder, "events.jsonl");
  const { queries } = await readOutcome(cell!, root);
  expect(queries).toBeGreaterThan(1);
  const lines = readFileSync(log, "utf8").split("\n");
  const begun = lines.findIndex((line) => line.includes('"kind":"evaluate"'));
  writeFileSync(log, lines.toSpliced(begun, 0, lines[begun]!).join("\n"));
  expect((await readOutcome(cell!, root)).queries).toBe(queries);
});

describe("many cells", () => {
  it("are read by threads as by none, in their order", async () => {
    const alone = await Promise.all(cells.map((cell) => readOutcome(cell, root)));
    expect(await readOutcomes(cells, root, 2)).toEqual(alone);
    expect(await readOutcomes(cells, root)).toEqual(alone);
  });

  it.each([1, 2])("of which one cannot be read are refused, by %i threads", async (threads) => {
    writeFileSync(join(root, cells.at(-1)!.folder, "run.json"), "{");
    await expect(readOutcomes(cells, root, threads)).rejects.toMatchObject({ code: "AIDE_RUN_UNREADABLE" });
  });

  it("are not begun where they have no folder", async () => {
    rmSync(join(root, "cells"), { recursive: true });
    const outcomes = await readOutcomes(cells, root, 2);
    expect(outcomes.every(({ ending, steps }) => ending === undefined && steps.length === 0)).toBe(true);
  });
});
