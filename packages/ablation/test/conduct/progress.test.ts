import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cellsOf, CellWatch, progressLine, progressTable, type Cell } from "../../src/index.ts";
import { planOf, temporary } from "../made-up.ts";

it("cells that are made, failed or at work are seen from their folders, and the time that is left from how fast they come", async () => {
  const root = temporary();
  const plan = planOf(root, { seeds: [0, 1, 2, 3] });
  const cells = cellsOf(plan);
  const of = (arm: string): readonly Cell[] => cells.filter((cell) => cell.arm.name === arm);
  const write = (cell: Cell | undefined, file: string, text: string): void => {
    mkdirSync(join(root, cell?.folder ?? ""), { recursive: true });
    writeFileSync(join(root, cell?.folder ?? "", file), text);
  };
  const ended = (cell: Cell | undefined, ...attempts: readonly object[]): void =>
    write(cell, "cell.json", JSON.stringify({ task: "line", arm: "one", seed: 0, attempts }));
  const finished = { kind: "finished", reason: "steps", message: "done" };
  const failure = (cause: string): object => ({ kind: "failed", cause, code: "X", message: "m" });
  let now = 0;
  ended(of("baseline")[0], finished);
  const watch = new CellWatch(plan, root, { now: () => now });
  expect(progressLine(await watch.look())).toBe("1 of 8 cells");

  now = 60_000;
  ended(of("baseline")[1], { kind: "stopped" }, finished);
  ended(of("baseline")[2], { kind: "stopped" });
  write(of("baseline")[2], "cell.lock", "");
  ended(of("reflection")[0], failure("plugin"));
  ended(of("reflection")[1], failure("infrastructure"));
  const progress = await watch.look();
  expect(progressTable(progress)).toEqual([
    "arm         made  failed  at work  left",
    "baseline    2     0       1        1",
    "reflection  1     1       0        3",
    "3 of 8 cells, about 3 min left",
  ]);

  for (const cell of cells) ended(cell, finished);
  expect(progressLine(await watch.look())).toBe("8 of 8 cells");
});
