import type { Guidance, Solve, Strategy } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { ablateBlocks } from "../src/index.ts";
import { improvements } from "./searches.ts";
import { valid } from "./scores.ts";

const measured = (name: string, effect: number, error = 0.001) => ({
  function: name,
  without: 0.5 - effect,
  effect,
  error,
});

const found = {
  kind: "ablated",
  score: 0.5,
  effects: [measured("add_features", 0.1), measured("make_estimator", -0.2), measured("make_preprocessor", 0.01, 0.02)],
};

const outputOf = (answer: unknown): string => `noise\nablate-blocks:${JSON.stringify(answer)}\n`;

interface Case {
  readonly output?: string;
  readonly code?: string;
  readonly steps?: number;
  readonly on?: (number: number) => number;
  readonly evaluators?: readonly (typeof valid)[];
  readonly outer?: Strategy;
}

const run = async ({
  output = outputOf(found),
  code = "def add_features(data):\n    return data\n",
  steps = 8,
  on,
  evaluators = [valid],
  outer = (next) => next,
}: Case) => {
  const given: (readonly Guidance[])[] = [];
  const coder: Solve = async ({ guidance }, { proposal }) => {
    given.push(guidance);
    return { plan: `${proposal}`, code: `${code}x = ${proposal}\n` };
  };
  const { journal, executor } = await play({
    limits: { steps },
    search: () => improvements(1, on),
    strategies: [outer, ablateBlocks.create({ rows: 100, seconds: 7, refinements: 2 }, undefined)],
    names: ["outer", "ablate-blocks"],
    coder,
    evaluators,
    run: ({ files }) => ({ output: files === undefined ? "ran" : output }),
  });
  const ablations = executor.scripts.flatMap(({ files }) => (files === undefined ? [] : [files]));
  const titles = given.map((guidance) => guidance.map(({ title }) => title).join());
  return { outcomes: journal.outcomes, ablations, titles, given };
};

const [estimator, features] = ["Function: make_estimator", "Function: add_features"];

describe("ablate-blocks", () => {
  it("points improvements to the functions of the largest effects, and then to none", async () => {
    const { titles, given, outcomes } = await run({});
    expect(titles).toEqual(["", estimator, estimator, features, features, "", "", ""]);
    expect(given[1]?.[0]?.text).toBe(
      "Of the functions of this script, `make_estimator` matters most. A cross-validation scores 0.5 with it as it is, and 0.7 with its plainest form in its place (greater is better). As it is, it does harm.",
    );
    expect(given[3]?.[0]?.text).toContain("`add_features` matters most after `make_estimator`.");
    expect(given[3]?.[0]?.text).toContain("Refine it.");
    const effects = [found.effects[1], found.effects[0]];
    expect(outcomes[1]?.notes["ablate-blocks"]).toEqual([
      { parent: outcomes[0]?.chosen?.id, function: "make_estimator", found: { ...found, effects } },
    ]);
    expect(outcomes[6]?.notes).toEqual({});
  });

  it("ablates a solution once, with its script", async () => {
    const { ablations } = await run({});
    expect(ablations).toHaveLength(1);
    expect(ablations[0]?.["candidate.py"]).toContain("x = 0");
    expect(JSON.parse(ablations[0]?.["options.json"] ?? "")).toMatchObject({ rows: 100, seconds: 7, metric: "rmse" });
  });

  it("counts for each solution apart", async () => {
    const { ablations, titles } = await run({ steps: 6, on: (number) => (number % 2 === 0 ? 1 : 0) });
    expect(ablations).toHaveLength(2);
    expect(titles).toEqual(["", estimator, estimator, estimator, estimator, features]);
  });

  it("counts a step once, however often it is asked within it", async () => {
    const twice: Strategy = (next) => async (proposal, work) => {
      await next(proposal, work);
      return next(proposal, work);
    };
    const { titles } = await run({ steps: 4, outer: twice });
    expect(titles).toEqual(["", "", estimator, estimator, estimator, estimator, features, features]);
  });

  it.each([
    ["finds nothing", outputOf({ kind: "none", why: "no model" }), "no model"],
    ["does not come to its end", "Killed\n", "the ablation did not come to its end"],
  ])("points to nothing where an ablation %s, and does not repeat it", async (_what, output, why) => {
    const { titles, ablations, outcomes } = await run({ output, steps: 4 });
    expect(titles).toEqual(["", "", "", ""]);
    expect(ablations).toHaveLength(1);
    expect(outcomes[1]?.notes["ablate-blocks"]).toMatchObject([{ function: null, found: { kind: "none", why } }]);
  });

  it("never points to an effect within its error", async () => {
    const effects = [measured("add_features", 0.01, 0.02), measured("make_estimator", -0.01, 0.01)];
    const { titles } = await run({ output: outputOf({ ...found, effects }), steps: 3 });
    expect(titles).toEqual(["", "", ""]);
  });

  it("leaves scripts without such functions and invalid solutions to the next strategy", async () => {
    expect((await run({ code: "def other():\n    return 1\n" })).ablations).toHaveLength(0);
    const invalid = { evaluate: async () => ({ valid: false, cause: "crash", scores: [], feedback: "no" }) as const };
    expect((await run({ evaluators: [invalid] })).ablations).toHaveLength(0);
  });
});
