import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { aide, block, freshFolder, good, project, runFolder } from "./aide.ts";

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

/** Off by one, up or down by a bit of the row's id. */
const off = (bit: number): string =>
  good.replace(
    'line.slope * float(row["x"]) + line.intercept',
    `line.slope * float(row["x"]) + line.intercept + 1 - 2 * (int(row["id"]) >> ${bit} & 1)`,
  );

it("blends solutions for the last run, where folds show that it pays", { timeout: 120_000 }, async () => {
  expect(off(0)).not.toBe(good);
  const root = project([block(off(0)), block(off(1)), block(off(2))], {
    keys: "holdout: { folds: 5 }\nensemble: greedy\nsearch: { use: greedy, drafts: 3 }\nstrategies: []\n",
  });
  const ran = await aide(["run", "budget.steps=3"], root);
  expect(ran.err).toBe("");
  expect(ran.out).toMatch(
    /^ensemble +\d-\d.*, \d-\d.*: 0\.\d+ on rows it was not chosen on, 0\.\d+ ± 0\.\d+ better than the best one$/m,
  );
  const run = runFolder(root);
  expect(readFileSync(join(run, "report.md"), "utf8")).toMatch(/^- ensemble: \d-\d/m);
  const submission = readFileSync(join(run, "best_submission.csv"), "utf8");
  expect(submission.trimEnd().split("\n")).toHaveLength(21);
  const alone = freshFolder();
  for (const name of ["submission", "working"]) mkdirSync(join(alone, name));
  cpSync(join(root, "data"), join(alone, "input"), { recursive: true });
  execFileSync("python3", [join(run, "best_solution.py")], { cwd: alone });
  expect(readFileSync(join(alone, "submission", "submission.csv"), "utf8")).toBe(submission);

  const single = await aide(["run", "budget.steps=1"], root);
  expect(single.out).toContain("ensemble     none: fewer than two solutions were scored on all rows held back");
});

it("makes the control of a comparison without a model", { timeout: 120_000 }, async () => {
  const root = project([], { keys: "holdout: { folds: 2 }\nensemble: greedy\ncoder: { form: defaults }\n" });
  const ran = await aide(["run", "budget.steps=3", "search.drafts=3"], root);
  expect(ran.err).toBe("");
  const run = runFolder(root);
  const evaluations = Object.values(evaluationsIn(run));
  expect(evaluations.filter(({ valid }) => valid)).toHaveLength(3);
  expect(readFileSync(join(run, "events.jsonl"), "utf8")).not.toContain('"kind":"generate"');
  expect(readFileSync(join(run, "best_submission.csv"), "utf8").trimEnd().split("\n")).toHaveLength(21);
  expect((await aide(["replay"], root)).out).toContain("3 of 3");
});

it(
  "chooses what is submitted on other parts of the rows, and says what it had without a model",
  { timeout: 180_000 },
  async () => {
    const root = project([], {
      keys: "holdout: { folds: 3, fresh: 3 }\nensemble: greedy\nsearch: { use: greedy, drafts: 5 }\nstrategies: []\ncoder: { form: defaults }\n",
    });
    const ran = await aide(["run", "budget.steps=5"], root);
    expect(ran.err).toBe("");
    expect(ran.out).toMatch(/^choice +\d of the best are scored on 3 other parts of the rows$/m);
    const [, name = ""] = /^fresh score +\S+ ± \S+ of (\S+?),? .*on 3 other parts of the rows$/m.exec(ran.out) ?? [];
    expect(ran.out).toMatch(/^no model +LGBMRegressor\(verbose=-1\), as it is: \d/m);
    const run = runFolder(root);
    const best = readFileSync(join(run, "best_solution.py"), "utf8");
    // The blend, or the solution that is named, and not whatever the search had for the best.
    if (name === "blend") expect(best).toContain("as it is");
    else expect(best).toBe(readFileSync(join(run, "solutions", name, "solution.py"), "utf8"));
    expect(readFileSync(join(run, "report.md"), "utf8")).toContain("- fresh score: ");
    expect(readFileSync(join(run, "best_submission.csv"), "utf8").trimEnd().split("\n")).toHaveLength(21);
  },
);
