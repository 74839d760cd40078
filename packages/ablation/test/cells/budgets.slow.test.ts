import fc from "fast-check";
import { expect, it } from "vitest";
import { cellsOf, inUnit, makeCells, readOutcome, type Arm } from "../../src/index.ts";
import { optionsOf, planOf, temporary, writeData } from "../made-up.ts";

const arms: readonly Arm[] = [
  { name: "baseline", change: {} },
  { name: "reflection", change: { strategies: [{ use: "reflection", trigger: "always" }] } },
];

const budgets = fc.record({
  tokens: fc.integer({ min: 4000, max: 9000 }),
  executions: fc.integer({ min: 1, max: 6 }),
});

it(
  "no arm spends more than its budget, whatever it is, and shared drafts count for each arm as if it were alone",
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(budgets, async ({ tokens, executions }) => {
        const folder = temporary();
        writeData(folder);
        const plan = planOf(folder, { seeds: [0], arms, tokens: "generated-and-uncached" });
        const bounded = { ...plan, base: { ...plan.base, budget: { steps: 8, tokens, executions } } };
        const options = optionsOf(folder, bounded);
        await makeCells(cellsOf(bounded), options, () => undefined);
        for (const cell of cellsOf(bounded)) {
          const { ledger, course, ending } = await readOutcome(cell, options.root);
          expect(ending?.kind).toBe("finished");
          expect(inUnit(ledger.total, "generated-and-uncached") + ledger.lost).toBeLessThanOrEqual(tokens);
          expect(ledger.executions).toBeLessThanOrEqual(executions);
          // The draft that another arm made is paid for here too.
          expect(inUnit(course[0]?.tokens ?? ledger.total, "generated")).toBeGreaterThan(0);
        }
      }),
      { seed: 19, numRuns: 6 * Number(process.env["AIDE_FUZZ"] === undefined ? 1 : 10) },
    );
  },
);
