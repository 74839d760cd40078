import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cellsOf, inUnit, makeCell, readOutcome } from "../../src/index.ts";
import { optionsOf, planOf, temporary, writeData } from "../made-up.ts";

it(
  "a cell's outcome is read from its folder: its ledger is that of the log, token by token, step by step",
  { timeout: 60_000 },
  async () => {
    const folder = temporary();
    writeData(folder);
    const plan = planOf(folder);
    const options = optionsOf(folder, plan);
    const { root } = options;
    const cells = cellsOf(plan).filter(({ seed }) => seed === 0);
    for (const cell of cells) {
      await makeCell(cell, options);
      const outcome = await readOutcome(cell, root);
      expect(outcome).toMatchObject({ ending: { kind: "finished" }, lost: 0, direction: "minimize" });
      expect(outcome.steps).toMatchObject([{ operator: "draft", valid: true }, { valid: true }]);
      expect(outcome.searchScore).toBeCloseTo(0, 6);
      const spent = readFileSync(join(root, cell.folder, "events.jsonl"), "utf8")
        .split("\n")
        .flatMap((line) => (line === "" ? [] : (JSON.parse(line).spent ?? [])));
      expect(spent.length).toBeGreaterThan(0);
      const sum = (of: (usage: { readonly [key: string]: number }) => number): number =>
        spent.reduce((all: number, usage) => all + of(usage), 0);
      const { total, uses } = outcome.ledger;
      expect(inUnit(total, "all")).toBe(sum(({ prompt, reasoning, answer }) => prompt! + reasoning! + answer!));
      expect(inUnit(total, "generated")).toBe(sum(({ reasoning, answer }) => reasoning! + answer!));
      expect(uses.reduce((calls, use) => calls + use.spent.calls, 0)).toBe(spent.length);
      expect(outcome.course).toHaveLength(2);
      expect(outcome.course.at(-1)).toMatchObject({ step: 2, tokens: total, chosen: expect.any(String) });
    }
  },
);

it("a cell that nobody made has no outcome but that", async () => {
  const folder = temporary();
  const [cell] = cellsOf(planOf(folder));
  expect(await readOutcome(cell!, folder)).toMatchObject({ ending: undefined, lost: 0, steps: [], course: [] });
});
