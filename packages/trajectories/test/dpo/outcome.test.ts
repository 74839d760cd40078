import type { Evaluation, Execution, Score, Solution } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/dpo/outcome.ts";

const solution = (evaluation: Evaluation, execution?: Partial<Execution>): Solution => ({
  id: "0-1",
  proposal: 0,
  parents: [],
  candidate: { plan: "", code: "x" },
  evaluation,
  ...(execution === undefined
    ? {}
    : { execution: { id: "x", fate: "ok", output: "", seconds: 1, artifacts: [], ...execution } }),
});

const scored = (value: number, error?: number, source: Score["source"] = "held-out"): Solution => {
  const score: Score = { value, source, ...(error === undefined ? {} : { error }) };
  return solution({ valid: true, score, scores: [score], feedback: "" });
};

const failed = (cause: string, execution?: Partial<Execution>): Solution =>
  solution({ valid: false, cause, scores: [], feedback: "" }, execution);

const [up, down] = [{ direction: "maximize" }, { direction: "minimize" }] as const;

describe("of two answers to one prompt", () => {
  it.each([
    [
      "the valid one is better than the failed one",
      down,
      scored(9, 1),
      failed("exception"),
      true,
      "valid-over-failed",
      null,
    ],
    ["the higher score is better where it is maximised", up, scored(0.5), scored(0.75), false, "better-score", 0.25],
    ["the lower score is better where it is minimised", down, scored(0.5), scored(0.75), true, "better-score", 0.25],
    ["an error on one side alone hides nothing", up, scored(2, 5), scored(1), true, "better-score", 1],
    [
      "scores further apart than their errors are told apart",
      up,
      scored(6, 3),
      scored(0.5, 4),
      true,
      "better-score",
      5.5,
    ],
  ] as const)("%s", (_what, task, one, other, first, reason, margin) => {
    expect(compare(task, one, other)).toEqual({ kind: "better", first, reason, margin });
    expect(compare(task, other, one)).toEqual({ kind: "better", first: !first, reason, margin });
  });

  it.each([
    ["two failed ones are equal", failed("exception"), failed("timeout"), "tie"],
    ["two of one score are equal", scored(1), scored(1), "tie"],
    ["scores as near as the error of their difference are not told apart", scored(5, 3), scored(0, 4), "within-error"],
    ["scores of different sources are not compared", scored(5), scored(0, undefined, "reported"), "incomparable"],
    ["a script that was lost says nothing", scored(5), failed("crash", { fate: "lost" }), "incomparable"],
    ["a script that nobody could score says nothing", scored(5), failed("no-score"), "incomparable"],
  ] as const)("%s", (_what, one, other, kind) => {
    expect(compare(up, one, other)).toEqual({ kind });
    expect(compare(up, other, one)).toEqual({ kind });
  });

  it("never both are better, and never one whose score is no better", () => {
    const solutions = fc.oneof(
      fc
        .tuple(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
        )
        .map(([value, error]) => scored(value, error ?? undefined)),
      fc.constantFrom(failed("exception"), failed("no-score"), failed("crash", { fate: "lost" })),
    );
    fc.assert(
      fc.property(fc.constantFrom(up, down), solutions, solutions, (task, one, other) => {
        const [there, back] = [compare(task, one, other), compare(task, other, one)];
        expect(back).toEqual(there.kind === "better" ? { ...there, first: !there.first } : there);
        if (there.kind !== "better") return;
        const [better, worse] = (there.first ? [one, other] : [other, one]).map(({ evaluation }) => evaluation);
        expect(better!.valid).toBe(true);
        if (!better!.valid || !worse!.valid) return;
        const gain = (better!.score.value - worse!.score.value) * (task.direction === "maximize" ? 1 : -1);
        expect(gain).toBeGreaterThan(0);
      }),
    );
  });
});
