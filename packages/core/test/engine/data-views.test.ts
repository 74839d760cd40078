import { codeScoring, FakeExecutor, play } from "@aide-ts/testing";
import type { Evaluator, Execution, Script, Strategy } from "@aide-ts/plugin";
import { constantFrom, property, string, assert as holds } from "fast-check";
import { describe, expect, it } from "vitest";
import { isFileSafe } from "../../src/engine/place.ts";

/** Scores each solution by what its script prints on three folds. */
const onFolds: Evaluator = {
  async evaluate({ candidate }, _before, lab) {
    const runs: Execution[] = [];
    for (const fold of [0, 1, 2]) runs.push(await lab.execute({ code: candidate.code, data: `fold-${fold}` }));
    const value = runs.reduce((sum, { output }) => sum + Number(output), 0) / runs.length;
    const score = { value, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: `mean of ${runs.length} folds` };
  },
};

const byView = ({ data }: Script) => ({ output: data === undefined ? "100" : String(10 + Number(data.at(-1))) });

describe("an evaluator that scores on views of the data", () => {
  it("has each run logged under its view, and run once", async () => {
    const staged = { evaluators: [onFolds], run: byView, limits: { steps: 2 } };
    const first = await play(staged);
    expect(first.journal.best?.evaluation).toMatchObject({ valid: true, score: { value: 11 } });
    const views = first.executor.scripts.map(({ data }) => data);
    const codes = new Set(first.executor.scripts.map(({ code }) => code)).size;
    for (const fold of ["fold-0", "fold-1", "fold-2", undefined])
      expect(views.filter((view) => view === fold)).toHaveLength(codes);
    const again = await play({ ...staged, file: first.file });
    expect(again.executor.scripts).toEqual([]);
    expect(again.journal.solutions).toEqual(first.journal.solutions);
  });
});

describe("an evaluator", () => {
  it("is given the solution that a new one was made from, and the best so far", async () => {
    const seen: (readonly [code: string, parent: string | undefined, best: string | undefined])[] = [];
    const compares: Evaluator = {
      async evaluate(subject, before, lab) {
        const { parent, best } = subject.rivals ?? {};
        seen.push([subject.candidate.code, parent?.candidate.code, best?.candidate.code]);
        return codeScoring.evaluate(subject, before, lab);
      },
    };
    const { journal } = await play({ evaluators: [compares], limits: { steps: 4 } });
    const { solutions } = journal;
    expect(seen).toHaveLength(new Set(solutions.map(({ candidate }) => candidate.code)).size);
    for (const [code, parent, best] of seen) {
      const { parents, proposal } = solutions.find(({ candidate }) => candidate.code === code)!;
      expect(parent).toBe(solutions.find(({ id }) => id === parents[0])?.candidate.code);
      expect(best === undefined).toBe(!solutions.some((one) => one.proposal < proposal && one.evaluation.valid));
    }
    expect(seen.some(([, parent]) => parent !== undefined)).toBe(true);
  });
});

describe("a strategy that chooses a view", () => {
  it("is refused, since a view may hold labels", async () => {
    const peeks: Strategy = (next) => async (proposal, work) => {
      const script: Script = { code: "print(1)", data: "final" };
      await work.execute(script);
      return next(proposal, work);
    };
    const errors: unknown[] = [];
    const { executor } = await play({
      strategies: [peeks],
      limits: { steps: 1 },
      observe: (event) => void (event.kind === "told" && errors.push(event.error)),
    });
    expect(errors).toMatchObject([{ code: "AIDE_DATA_VIEW_REFUSED", fault: "plugin" }]);
    expect(executor.scripts).toEqual([]);
  });
});

describe("an execution's id", () => {
  it("that could lead elsewhere ends in an error", async () => {
    class Elsewhere extends FakeExecutor {
      override async execute(script: Script, call: { readonly signal: AbortSignal }): Promise<Execution> {
        return { ...(await super.execute(script, call)), id: "../x" };
      }
    }
    const errors: unknown[] = [];
    await play({
      executor: new Elsewhere(() => ({})),
      evaluators: [codeScoring],
      limits: { steps: 1 },
      observe: (event) => void (event.kind === "told" && errors.push(event.error)),
    });
    expect(errors).toMatchObject([{ code: "AIDE_EXECUTION_ID", fault: "plugin" }]);
  });

  it("is file-safe only without separators, spaces, leading and trailing dots", () => {
    holds(
      property(
        string(),
        constantFrom("/", "\\", ":", " ", "\0", "\n", "*", "?", '"', "<", "|"),
        string(),
        (a, bad, b) => {
          expect(isFileSafe(a + bad + b)).toBe(false);
        },
      ),
    );
    for (const id of ["", ".", "..", ".x", "x.", "x".repeat(201)]) expect(isFileSafe(id)).toBe(false);
    for (const id of ["12-0.1-3", "x000012", "part-x000001", "fold_1", "-"]) expect(isFileSafe(id)).toBe(true);
  });
});
