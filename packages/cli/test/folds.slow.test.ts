import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { aide, block, good, project, runFolder } from "./aide.ts";

/** The mean of the target, in place of a line. */
const constant = good.replaceAll("line.slope", "0").replaceAll("line.intercept", "10");
/** Works only where that row is left to learn from, which the first fold leaves. */
const fragile = `${good}\nassert any(row["id"] == "1" for row in train), "the row is gone"\n`;

const evaluationsIn = (run: string) =>
  Object.fromEntries(
    readdirSync(join(run, "solutions")).map((id) => [
      id,
      JSON.parse(readFileSync(join(run, "solutions", id, "evaluation.json"), "utf8")),
    ]),
  );

it(
  "scores solutions on folds, tells them apart, and comes to the same after a kill",
  { timeout: 120_000 },
  async () => {
    const root = project([block(constant), block(good), block(fragile)], {
      keys: "holdout: { folds: 5 }\nsearch: { use: greedy, drafts: 1 }\nstrategies: []\n",
    });
    const ran = await aide(["run", "budget.steps=3"], root);
    expect(ran.err).toBe("");
    expect(ran.code).toBe(0);
    const run = runFolder(root);
    const evaluations = Object.values(evaluationsIn(run));
    expect(evaluations).toMatchObject([
      { valid: true, score: { folds: { length: 5 } } },
      { valid: true, score: { value: expect.closeTo(0), folds: { length: 5 } } },
      { valid: false, cause: "exception" },
    ]);
    expect(evaluations[0].feedback).toContain("on rows it has not seen, in 5 parts.");
    expect(evaluations[1].feedback).toMatch(/better than the solution that it was made from, by \d/);
    expect(evaluations[2].feedback).toMatch(
      /^The script worked on one part of the rows, and not with others held back\.\nAssertionError/,
    );
    expect((await aide(["replay"], root)).out).toContain("3 of 3");

    const log = join(run, "events.jsonl");
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    const second = lines.findLastIndex((line) => line.includes('"data":"fold-3"') || line.includes("evaluate"));
    writeFileSync(log, `${lines.slice(0, second).join("\n")}\n`);
    rmSync(join(run, "solutions"), { recursive: true });
    expect((await aide(["resume"], root)).code).toBe(0);
    expect(Object.values(evaluationsIn(run))).toEqual(evaluations);
  },
);
