import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "@aide-ts/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blendScript } from "../src/ensemble/blend-script.ts";
import { blendingOf, type Blending } from "../src/ensemble/blending.ts";
import { chooseEnsemble } from "../src/ensemble/choose-ensemble.ts";
import { inBlocks } from "../src/ensemble/row-blocks.ts";
import { BlendPool, type Predicted } from "../src/ensemble/selection.ts";
import { metricNamed } from "../src/index.ts";
import { scoreOf, type ComparedNumbers } from "../src/metrics/compared.ts";
import type { NumberMetric } from "../src/metrics/metric.ts";

const parts = 5;

/** Solutions of which each is off by what it has in common with all, and by what is its own. */
const solutions = (own: readonly number[], { rows = 60, common = 0 } = {}): readonly Predicted[] => {
  const random = seededRandom("ensemble", ...own, common);
  const noise = () => random() + random() + random() - 1.5;
  const truth = Array.from({ length: parts }, () => Float64Array.from({ length: rows }, () => random() * 10));
  const shared = truth.map((values) => values.map(() => common * noise()));
  return own.map((scale) =>
    truth.map((values, part) => {
      const predicted = values.map((value, row) => value + (shared[part]?.[row] ?? 0) + scale * noise());
      return [{ input: "numbers", metric: metricNamed("rmse") as NumberMetric, truth: values, predicted }];
    }),
  );
};

const onePart = (pool: readonly Predicted[]): readonly Predicted[] => pool.map((one) => one.slice(0, 1));

const all = Array.from({ length: parts }, (_, part) => part);

describe("an ensemble", () => {
  it("blends solutions that err in different ways, and says what that gains on rows it was not chosen on", () => {
    const chosen = chooseEnsemble(solutions([2, 2, 2.2, 9]), "minimize");
    if (chosen.kind === "none") throw new Error(chosen.why);
    expect(chosen.counts.slice(0, 3).every((count) => count > 0)).toBe(true);
    expect(chosen.counts[3]).toBe(0);
    expect(chosen.gain.better).toBeGreaterThan(3 * chosen.gain.error);
    expect(chosen.blending).toBe("mean");
  });

  it.each([
    ["one of several solutions is far better", solutions([0.01, 5, 6]), "no blend is better"],
    ["there is one solution", solutions([1]), "fewer than two solutions"],
    ["one part of few rows is held back", onePart(solutions([1, 1], { rows: 49 })), "too few rows are held back"],
    ["no part is known", solutions([1, 1]).map(() => []), "answers of this form cannot be blended"],
  ])("is none where %s", (_what, pool, why) => {
    expect(chooseEnsemble(pool, "minimize")).toMatchObject({ kind: "none", why: expect.stringContaining(why) });
  });

  it("is refused where what was chosen on some folds does not pay on the others, as of solutions that hardly differ", () => {
    const chosen = Array.from({ length: 40 }, (_, seed) =>
      chooseEnsemble(solutions([1 + seed * 1e-6, 2, 2, 2, 2, 2, 2, 2], { rows: 8, common: 1 }), "minimize"),
    );
    const why = "chosen on some of the rows, it is no better than the best solution on the others";
    expect(chosen.filter((one) => one.kind === "none" && one.why === why).length).toBeGreaterThan(5);
    for (const one of chosen) if (one.kind === "chosen") expect(one.gain.better).toBeGreaterThan(0);
  });

  it("of one part is measured on rows of it that it was not chosen on, each once", () => {
    const pool = onePart(solutions([2, 2, 2.2, 9], { rows: 303 }));
    const chosen = chooseEnsemble(pool, "minimize");
    if (chosen.kind === "none") throw new Error(chosen.why);
    expect(chosen.gain.better).toBeGreaterThan(3 * chosen.gain.error);
    expect(chosen.gain.parts).toBe(5);
    const [blocks] = pool.map(inBlocks);
    const truthIn = (part: Predicted[number]) =>
      Array.from({ length: part[0]!.truth.length }, (_, at) => part[0]!.truth[at]);
    expect(blocks!.flatMap(truthIn).toSorted()).toEqual(truthIn(pool[0]![0]!).toSorted());
    // By what each answered for the same rows.
    for (const [one] of blocks!) expect(scoreOf(one!)).toBeLessThan(3);
    const hardlyDiffer = Array.from({ length: 40 }, (_, seed) =>
      chooseEnsemble(onePart(solutions([1 + seed * 1e-6, 2, 2, 2, 2, 2, 2, 2], { rows: 50, common: 1 })), "minimize"),
    );
    expect(hardlyDiffer.some(({ kind }) => kind === "none")).toBe(true);
    for (const one of hardlyDiffer) if (one.kind === "chosen") expect(one.gain.better).toBeGreaterThan(0);
  });

  it("is never worse, on the rows it is chosen on, than the best solution", () => {
    const scales = fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(scales, (own) => {
        const pool = new BlendPool(solutions(own), "mean", "minimize");
        expect(pool.score(pool.select(all), all)).toBeLessThanOrEqual(pool.score(pool.single(all), all) + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["rmse", "mean"],
    ["logloss", "mean"],
    ["auc", "ranks"],
    ["accuracy", "votes"],
  ] as const)("of %s is made by %s", (metric, blending) => {
    const [truth, predicted] = [Float64Array.of(0, 1), Float64Array.of(0, 1)];
    const compared = { input: "numbers", metric: metricNamed(metric) as NumberMetric, truth, predicted } as const;
    expect(blendingOf(compared)).toBe(blending);
  });

  it("takes the class that most are for, and ranks whatever their scale", () => {
    const compared = (metric: string, predicted: readonly number[]): ComparedNumbers => ({
      input: "numbers",
      metric: metricNamed(metric) as NumberMetric,
      truth: Float64Array.of(0, 1, 2),
      predicted: Float64Array.from(predicted),
    });
    const blended = (metric: string, blending: Blending, ...members: readonly (readonly number[])[]) => {
      const pool = new BlendPool(
        members.map((one) => [[compared(metric, one)]]),
        blending,
        "maximize",
      );
      const [first] = pool.blend(
        members.map(() => 1),
        0,
      );
      return Array.from(first!.predicted as Float64Array);
    };
    expect(blended("accuracy", "votes", [0, 1, 2], [0, 2, 2], [1, 1, 0])).toEqual([0, 1, 2]);
    expect(blended("auc", "ranks", [0.1, 0.2, 0.3], [10, 900, 20])).toEqual([1, 2.5, 2.5]);
  });
});

describe("the script of an ensemble", () => {
  const run = (blending: Blending, members: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), "aide-blend-"));
    for (const name of ["submission", "working"]) mkdirSync(join(folder, name));
    const code = blendScript(
      members.map((code, at) => ({ id: `${at}-0`, weight: at === 0 ? 2 : 1, code })),
      blending,
      { columns: ["id", "y"], id: ["id"] },
    );
    writeFileSync(join(folder, "best_solution.py"), code);
    execFileSync("python3", ["best_solution.py"], { cwd: folder });
    return readFileSync(join(folder, "submission", "submission.csv"), "utf8")
      .replaceAll("\r", "")
      .trimEnd()
      .split("\n");
  };
  const writes = (rows: readonly string[], place = "submission"): string =>
    `text = '''id,y\\n${rows.map((row) => `${row}\\n`).join("")}'''\nwith open("./${place}/submission.csv", "w") as file:\n    file.write(text)  # ''' \\\\ '\n`;

  it("runs alone, and writes what its members' scripts come to", () => {
    expect(run("mean", [writes(["007,1", "8,2"]), writes(["007,4", "8,8"], "working")])).toEqual([
      "id,y",
      "007,2.0",
      "8,4.0",
    ]);
    expect(run("votes", [writes(["a,x", "b,y"]), writes(["a,y", "b,z"]), writes(["a,y", "b,z"])])).toEqual([
      "id,y",
      "a,x",
      "b,y",
    ]);
    expect(run("ranks", [writes(["a,0.1", "b,0.9", "c,0.9"]), writes(["a,5", "b,3", "c,1"])])).toEqual([
      "id,y",
      "a,0.4166666666666667",
      "b,0.5833333333333334",
      "c,0.5",
    ]);
  });
});
