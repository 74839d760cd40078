import { readFileSync } from "node:fs";
import { canonicalProgram } from "@aide-ts/answer";
import fc from "fast-check";
import type { Proposal, Solve, Strategy } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { fusion } from "../src/index.ts";
import { valid } from "./scores.ts";
import { improvements } from "./searches.ts";

const script = (features: string, estimator: string, adjusted = "values", score = 0): string =>
  `def add(data):\n    return ${features}\n\ndef make():\n    return ${estimator}\n\ndef adjust(values):\n    return ${adjusted}\n\nfit(add, make, adjust)\n# x = ${score}\n`;

interface Case {
  readonly codes: readonly string[];
  readonly after?: number;
  readonly drafts?: number;
  readonly steps?: number;
  readonly on?: (number: number) => number;
  readonly seed?: number;
  readonly inner?: readonly Strategy[];
}

/** The coder writes the scripts one after the other, whatever it is asked for, and the last one again and again. */
const run = async ({ codes, after = 2, drafts = 2, steps = 6, on = () => 0, seed = 1, inner = [] }: Case) => {
  const asked: Proposal[] = [];
  const coder: Solve = async (proposal) => {
    const code = codes[Math.min(asked.length, codes.length - 1)] ?? "";
    asked.push(proposal);
    return { plan: "written", code };
  };
  const { journal, backend } = await play({
    limits: { steps },
    seed,
    search: () => improvements(drafts, on),
    strategies: [fusion.create({ after }, undefined), ...inner],
    names: ["fusion", "inner"],
    coder,
    evaluators: [valid],
  });
  const { outcomes } = journal;
  const fused = outcomes.filter(({ notes }) => notes["fusion"] !== undefined).map(({ number }) => number);
  const plans = outcomes.map(({ chosen }) => chosen?.candidate.plan);
  return { outcomes, asked, fused, plans, calls: backend.requests.length };
};

const best = script("data", "Ridge()", "values", 1);
const second = script("data * 2", "Lasso()", "values", 2);
const worse = script("data * 3", "Lasso(3)", "values", 3);

describe("fusion of solutions of functions", () => {
  it("gives the best one a function of the next best, where nothing was better for some improvements", async () => {
    const { outcomes, fused, calls } = await run({ codes: [best, second, worse] });
    expect(fused).toEqual([4]);
    expect(calls).toBe(0);
    const candidate = outcomes[4]?.chosen?.candidate;
    const [add, make] = [best.replace("data\n", "data * 2\n"), best.replace("Ridge()", "Lasso()")];
    expect([
      { plan: "fusion, add", code: add },
      { plan: "fusion, make", code: make },
    ]).toContainEqual({ plan: candidate?.plan, code: candidate?.code });
    const [first, next] = outcomes.map(({ chosen }) => chosen?.id);
    expect(outcomes[4]?.notes["fusion"]).toEqual([
      { best: first, other: next, function: candidate?.plan.replace("fusion, ", "") },
    ]);
  });

  it("draws the function by chance", async () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const runs = await Promise.all(seeds.map((seed) => run({ codes: [best, second, worse], seed })));
    expect(new Set(runs.map(({ plans }) => plans[4]))).toEqual(new Set(["fusion, add", "fusion, make"]));
  });

  it("descends from the best one, whatever the search had proposed to improve", async () => {
    const { outcomes } = await run({ codes: [second, best, worse], on: () => 0 });
    expect(outcomes[4]?.chosen?.parents).toEqual([outcomes[1]?.chosen?.id]);
  });

  it("counts from the last better score on, and from the last fusion", async () => {
    const better = script("data", "Ridge(4)", "values", 0.5);
    const later = await run({ codes: [best, second, worse, better, worse], steps: 6 });
    expect(later.fused).toEqual([]);
    const twice = await run({ codes: [best, second, worse], steps: 8 });
    expect(twice.fused).toEqual([4, 7]);
  });

  it("asks the next strategy where the two are one function apart, so that nothing new would come of it", async () => {
    const near = script("data", "Lasso()", "values", 2);
    const { fused, asked } = await run({ codes: [best, near, near] });
    expect(fused).toEqual([]);
    expect(asked.map(({ operator }) => operator)).toEqual(["draft", "draft", ...Array(4).fill("improve")]);
  });

  it("never proposes a program that was run", async () => {
    const part = fc.constantFrom("data", "data * 2", "data * 3");
    const made = fc.tuple(
      part,
      fc.constantFrom("Ridge()", "Lasso()"),
      fc.constantFrom("values", "abs(values)"),
      fc.nat(9),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(made, { minLength: 3, maxLength: 8 }), fc.nat(50), async (parts, seed) => {
        const codes = parts.map(([one, two, three, score]) => script(one, two, three, score));
        const { outcomes, fused } = await run({ codes, after: 1, steps: 14, seed });
        for (const at of fused) {
          const before = outcomes
            .slice(0, at)
            .flatMap(({ solutions }) => solutions.map(({ candidate }) => candidate.code));
          const code = outcomes[at]?.chosen?.candidate.code ?? "";
          expect(before.map(canonicalProgram)).not.toContain(canonicalProgram(code));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("fusion of whole scripts", () => {
  const codes = ["x = 1\n", "y = 0\nx = 2\n", "x = 3\n"];

  it("asks for a crossover of the best ones of two branches, and lets it descend from the best", async () => {
    const { asked, outcomes } = await run({ codes });
    const ids = outcomes.map(({ chosen }) => chosen?.id);
    expect(asked[4]).toMatchObject({ operator: "crossover", parents: [ids[0], ids[1]] });
    expect(outcomes[4]?.chosen?.parents).toEqual([ids[0]]);
    expect(outcomes[4]?.notes["fusion"]).toEqual([{ best: ids[0], other: ids[1], function: null }]);
  });

  it("lets what a strategy inside it runs descend from the best too", async () => {
    const running: Strategy = (next) => async (proposal, work) =>
      (await work.evaluate(await next(proposal, work))).candidate;
    for (const inner of [[], [running]]) {
      const { outcomes } = await run({ codes: ["y = 0\nx = 2\n", "x = 1\n", "x = 3\n"], inner });
      expect(outcomes[4]?.proposal.parents).toEqual([outcomes[0]?.chosen?.id]);
      expect(outcomes[4]?.chosen?.parents).toEqual([outcomes[1]?.chosen?.id]);
    }
  });

  it("never crosses a script with itself", async () => {
    const { fused } = await run({ codes: ["x = 1\n", "x = 1  # again\n", "x = 1\n"] });
    expect(fused).toEqual([]);
  });

  it("never crosses solutions of one branch", async () => {
    const { fused } = await run({ codes, drafts: 1 });
    expect(fused).toEqual([]);
  });
});

it("asks for a crossover in the very words of the searches that propose one", () => {
  const words = (name: string) => readFileSync(new URL(`../../${name}/prompts/crossover.md`, import.meta.url), "utf8");
  expect(words("strategy-operators")).toBe(words("strategy-tree"));
});
