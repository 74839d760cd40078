import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import {
  calibrated,
  drawScores,
  drawsFrom,
  simulate,
  tasksLikeThese,
  theseTasks,
  type Contrast,
  type Design,
  type Variation,
} from "../src/index.ts";

/** A tenth of what `test:full` draws. */
const tables = Math.min(20_000, fuzzRuns(2000));
const size = { tasks: 12, seeds: 4 };
const contrasts: readonly Contrast[] = [1, 2, 3].map((arm) => ({
  name: `arm ${arm}`,
  coefficients: [0, 1, 2, 3].map((one) => (one === arm ? 1 : one === 0 ? -1 : 0)),
}));
const merits = [0, 0, 0.05, 0];
const variations: readonly (Variation & { readonly name: string })[] = [
  { name: "without task × arm variation", betweenTasks: 0, shared: 0.1, cell: 0.2 },
  { name: "with task × arm variation", betweenTasks: 0.1, shared: 0.1, cell: 0.2 },
];
const share = (count: number): number => count / tables;

describe.each(variations)("over tables $name,", { timeout: 600_000 }, (variation) => {
  it("claims about tasks like these are false in at most 6 %, and intervals cover in at least 94 %, by Holm too", () => {
    const draws = drawsFrom(11);
    let falsely = 0;
    let anyFalsely = 0;
    let covered = 0;
    let allCovered = 0;
    for (let table = 0; table < tables; table += 1) {
      const claims = tasksLikeThese(drawScores(size, merits, variation, draws), contrasts);
      const tested = claims.flatMap((claim) => (claim.kind === "tested" ? [claim] : []));
      const within = (of: (at: number) => readonly [number, number]): readonly boolean[] =>
        tested.map((_, at) => of(at)[0] <= merits[at + 1]! && merits[at + 1]! <= of(at)[1]);
      if (tested[0]!.t.p <= 0.05) falsely += 1;
      if (tested[0]!.adjustedP <= 0.05 || tested[2]!.adjustedP <= 0.05) anyFalsely += 1;
      if (within((at) => tested[at]!.t.interval)[1]) covered += 1;
      if (within((at) => tested[at]!.simultaneous).every(Boolean)) allCovered += 1;
    }
    expect(share(falsely)).toBeLessThanOrEqual(0.06);
    expect(share(anyFalsely)).toBeLessThanOrEqual(0.06);
    expect(share(covered)).toBeGreaterThanOrEqual(0.94);
    expect(share(allCovered)).toBeGreaterThanOrEqual(0.94);
    // No test that never rejects.
    expect(share(falsely)).toBeGreaterThan(0.035);
  });

  it.each([
    ["pairs", true],
    ["labels", false],
  ])("claims about these tasks by %s are no more often false", (_by, isPaired) => {
    const draws = drawsFrom(12);
    const within = { betweenTasks: 0, shared: isPaired ? variation.shared : 0, cell: variation.cell };
    let falsely = 0;
    let covered = 0;
    for (let table = 0; table < tables; table += 1) {
      const real = Array.from({ length: size.tasks }, () =>
        merits.map((merit) => merit + variation.betweenTasks * draws.normal()),
      );
      const scores = real.flatMap((here) => drawScores({ tasks: 1, seeds: size.seeds }, here, within, draws));
      const drawing = { seed: table, relabellings: 99 };
      const meant = real.reduce((sum, here) => sum + here[2]! - here[0]!, 0) / size.tasks;
      const asked = contrasts.map((contrast) => ({ contrast, isPaired }));
      const [first, second] = theseTasks(scores, asked, drawing);
      const [low, high] = second!.comparison.interval;
      if (low <= meant && meant <= high) covered += 1;
      if (first!.comparison.p <= 0.05) falsely += 1;
    }
    // Of arms that do the same on each of these tasks.
    if (variation.betweenTasks === 0) expect(share(falsely)).toBeLessThanOrEqual(0.06);
    expect(share(covered)).toBeGreaterThanOrEqual(0.94);
  });
});

describe("looks after each block of seeds", { timeout: 600_000 }, () => {
  const seeds = 8;
  const blocks = Array.from({ length: seeds }, (_, at) => at + 1);
  const variation = { betweenTasks: 0.05, shared: 0.1, cell: 0.2 };
  const one: Design = { tasks: 12, arms: 2, seeds, contrasts: [{ name: "arm", coefficients: [-1, 1] }], alpha: 0.05 };
  /** What the fixed design finds in 85 %. */
  const effect = 0.117;
  const tests = {
    "obrien-fleming": calibrated({ blocks: seeds, shape: "obrien-fleming" }),
    pocock: calibrated({ blocks: seeds, shape: "pocock" }),
  };
  const looking = (shape: "obrien-fleming" | "pocock", design = one): Design => ({
    ...design,
    sequential: { testFor: tests[shape], looks: blocks, effect, futility: 0 },
  });

  it.each(["obrien-fleming", "pocock"] as const)("%s: falsely show a difference in at most 6 %", (shape) => {
    for (const betweenTasks of [0, 0.1]) {
      const { any } = simulate(looking(shape), [0, 0], { ...variation, betweenTasks }, { tables, seed: 21 });
      expect(any).toBeLessThanOrEqual(0.06);
      expect(any).toBeGreaterThan(0.03);
    }
  });

  it("keep Holm's promise over three contrasts", () => {
    const { any } = simulate(looking("obrien-fleming", { ...one, arms: 4, contrasts }), [0, 0, 0, 0], variation, {
      tables,
      seed: 22,
    });
    expect(any).toBeLessThanOrEqual(0.06);
  });

  it("find what the design was powered for with three quarters of the cells, twice that with less than half", () => {
    const fixed = simulate(one, [0, effect], variation, { tables, seed: 23 });
    const found = simulate(looking("obrien-fleming"), [0, effect], variation, { tables, seed: 23 });
    const twice = simulate(looking("obrien-fleming"), [0, 2 * effect], variation, { tables, seed: 23 });
    expect(fixed.any).toBeCloseTo(0.85, 1);
    expect(found.any).toBeGreaterThan(fixed.any - 0.04);
    expect(found.cells).toBeLessThanOrEqual(0.75);
    expect(twice.cells).toBeLessThanOrEqual(0.45);
  });

  it("stop early where nothing can be found any more, and lose little by it", () => {
    const { sequential } = looking("obrien-fleming");
    const futile: Design = { ...one, sequential: sequential && { ...sequential, futility: 0.1 } };
    const nothing = simulate(futile, [0, 0], variation, { tables, seed: 24 });
    expect(nothing.cells).toBeLessThan(0.7);
    expect(nothing.any).toBeLessThanOrEqual(0.06);
  });
});
