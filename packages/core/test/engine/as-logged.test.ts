import type { Evaluation, Evaluator } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

const judged = (evaluation: Evaluation): Evaluator => ({ evaluate: async () => evaluation });

describe("a value that JSON cannot hold", () => {
  it("is the same in the first run and in the one that is resumed", async () => {
    const odd = { value: Number.NaN, source: "held-out" as const };
    const evaluators = [judged({ valid: false, cause: "x", scores: [odd], feedback: "x" })];
    const first = await play({ evaluators, limits: { steps: 2 } });
    const again = await play({ evaluators, limits: { steps: 2 }, file: first.file });
    expect(again.journal.outcomes).toEqual(first.journal.outcomes);
  });
});

describe("of several scores", () => {
  it("stays as it is where a later evaluator cannot judge the script", async () => {
    const scores = [{ value: 1, source: "held-out" as const }];
    const abstains = { evaluate: async () => undefined };
    const evaluators = [judged({ valid: true, score: scores[0]!, scores, feedback: "x" }), abstains];
    const { journal } = await play({ evaluators, limits: { steps: 1 } });
    expect(journal.solutions[0]?.evaluation).toMatchObject({ valid: true, scores });
  });

  it("the most trusted counts, whatever the order of the evaluators", async () => {
    const score = (value: number, source: "held-out" | "reported" | "review") => ({ value, source });
    const scores = [score(3, "review"), score(2, "reported"), score(1, "held-out")];
    const evaluators = [judged({ valid: true, score: scores[0]!, scores, feedback: "x" })];
    const { journal } = await play({ evaluators, limits: { steps: 1 } });
    expect(journal.best?.evaluation).toMatchObject({ score: { value: 1, source: "held-out" } });
  });
});
