import { AideError, type Strategy } from "@aide-ts/plugin";
import { bestOfN, planThenCode } from "@aide-ts/strategy-cot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { landscapes, replay, study, type Replayed } from "../src/index.ts";
import { regretOf } from "../src/replay/regret.ts";
import { runsOfEngine } from "./fuzz.ts";
import { optionsOf } from "./options-of.ts";
import { searches } from "./searches.ts";

const steps = 24;

const scenes = fc.record({
  landscape: fc.constantFrom(...landscapes),
  search: fc.constantFrom(...Object.values(searches)),
  seed: fc.nat(1000),
  slots: fc.constantFrom(1, 3),
});

const best = (n: number) => ({
  name: "best-of-n",
  create: (): Strategy => bestOfN.create(optionsOf(bestOfN, { n }), undefined),
});

const textOf = ({ journal, ...rest }: Replayed): string => JSON.stringify({ ...rest, outcomes: journal.outcomes });

const [smooth] = landscapes;

describe("a replay", () => {
  it("repeats with its seed", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.boolean(), async (scene, selects) => {
        const settings = { ...scene, steps, strategies: selects ? [best(2)] : [] };
        expect(textOf(await replay(settings))).toBe(textOf(await replay(settings)));
      }),
      { numRuns: runsOfEngine },
    );
  });

  it("submits what the engine's journal says is best, whose regret lies between 0 and 1 and is 1 without any", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { journal, standings } = await replay({ ...scene, steps });
        expect(standings).toHaveLength(steps);
        expect(standings.at(-1)!.best).toBe(journal.best);
        for (const { best: kept, worth, regret } of standings) {
          expect(regret).toBeGreaterThanOrEqual(0);
          expect(regret).toBeLessThanOrEqual(1);
          expect(worth === undefined).toBe(kept === undefined);
          if (worth === undefined) expect(regret).toBe(1);
        }
      }),
      { numRuns: runsOfEngine },
    );
  });

  it("never ends worse for more steps where scores are seen as they are, and is the longer one's beginning", async () => {
    const noiseless = scenes.filter(({ landscape }) => landscape.name !== "noisy");
    await fc.assert(
      fc.asyncProperty(noiseless, fc.integer({ min: 1, max: steps }), async (scene, fewer) => {
        const { standings } = await replay({ ...scene, steps });
        for (const [at, { regret }] of standings.entries())
          if (at > 0) expect(regret).toBeLessThanOrEqual(standings[at - 1]!.regret);
        const shorter = await replay({ ...scene, steps: fewer });
        // What is under way at the end is told in both.
        expect(JSON.stringify(shorter.standings)).toBe(JSON.stringify(standings.slice(0, fewer)));
      }),
      { numRuns: runsOfEngine },
    );
  });

  it("may end worse for more steps where they are not", async () => {
    const rises: boolean[] = [];
    for (let seed = 0; seed < 10; seed++) {
      const { standings } = await replay({
        landscape: landscapes.find(({ name }) => name === "noisy")!,
        search: searches["greedy"]!,
        steps,
        seed,
      });
      rises.push(standings.some(({ regret }, at) => at > 0 && regret > standings[at - 1]!.regret));
    }
    expect(rises).toContain(true);
  });

  it("begins all searches of a seed with the same draft", async () => {
    const firsts = await Promise.all(
      Object.values(searches).map(async (search) => {
        const { journal } = await replay({ landscape: smooth!, search, steps: 1, seed: 5 });
        return journal.outcomes[0]!.chosen!.candidate.code;
      }),
    );
    expect(new Set(firsts).size).toBe(1);
  });

  it("lets a selector choose among several, and counts them all", async () => {
    const { journal, executions } = await replay({
      landscape: smooth!,
      search: searches["greedy"]!,
      strategies: [best(4)],
      steps: 5,
      seed: 0,
    });
    expect(executions).toBe(20);
    for (const { chosen, solutions } of journal.outcomes) {
      const scores = solutions.map(({ evaluation }) => (evaluation.valid ? evaluation.score.value : Number.NaN));
      expect(scores).toHaveLength(4);
      expect(chosen?.evaluation).toMatchObject({ score: { value: Math.min(...scores) } });
    }
  });

  it("refuses a strategy that asks a model, and one that runs scripts of its own", async () => {
    const asks = { name: "plan-then-code", create: () => planThenCode.create(optionsOf(planThenCode), undefined) };
    const runs = { name: "probe", create: (): Strategy => () => async () => ({ plan: "", code: "print(1)" }) };
    const refused = (strategy: typeof runs) =>
      replay({ landscape: smooth!, search: searches["greedy"]!, strategies: [strategy], steps: 3, seed: 0 }).catch(
        (error: unknown) => (AideError.is(error) ? error.code : error),
      );
    expect(await refused(asks)).toBe("AIDE_POOL_MODEL");
    expect(await refused(runs)).toBe("AIDE_POOL_CODE");
  });

  it("stops when its signal fires", async () => {
    const settings = { landscape: smooth!, search: searches["greedy"]!, steps: 3, seed: 0 };
    await expect(replay({ ...settings, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe("regret", () => {
  it("is 0 at the optimum, 1 from the median draft on, and linear between, in either direction", () => {
    for (const [optimum, median] of [
      [0, 2],
      [1, -1],
    ] as const) {
      const at = (share: number) => regretOf({ optimum, median }, optimum + share * (median - optimum));
      expect([at(0), at(0.25), at(1), at(7)]).toEqual([0, 0.25, 1, 1]);
      expect(regretOf({ optimum, median }, undefined)).toBe(1);
    }
  });

  it("is 0 or 1 where the median draft is as good as it gets", () => {
    expect([3, 4].map((worth) => regretOf({ optimum: 3, median: 3 }, worth))).toEqual([0, 1]);
  });
});

describe("a study", () => {
  it("gives mean and standard error over seeds, and how often nothing was valid", async () => {
    const landscape = landscapes.find(({ name }) => name === "buggy")!;
    const search = searches["repeated-sampling"]!;
    const seeds = 30;
    const runs = await Promise.all(
      Array.from({ length: seeds }, (_, seed) => replay({ landscape, search, steps: 8, seed: 100 + seed })),
    );
    const { points, executions } = await study({ landscape, search, steps: [1, 8], seeds, seed: 100 });
    for (const point of points) {
      const standings = runs.map((run) => run.standings[point.steps - 1]!);
      const mean = standings.reduce((sum, { regret }) => sum + regret, 0) / seeds;
      const variance = standings.reduce((sum, { regret }) => sum + (regret - mean) ** 2, 0) / (seeds - 1);
      expect(point.regret).toBeCloseTo(mean, 12);
      expect(point.error).toBeCloseTo(Math.sqrt(variance / seeds), 12);
      expect(point.without).toBe(standings.filter(({ worth }) => worth === undefined).length / seeds);
    }
    expect(points[0]!.without).toBeGreaterThan(points[1]!.without);
    expect(executions).toBe(8);
  });

  it("hears a signal while it works", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const endless = {
      landscape: smooth!,
      search: searches["greedy"]!,
      steps: [steps],
      seeds: 1e6,
      signal: stop.signal,
    };
    await expect(study(endless)).rejects.toThrow();
  });
});
