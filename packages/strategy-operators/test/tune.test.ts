import { play } from "@aide-ts/testing";
import type { Search } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { tune } from "../src/index.ts";

/** A draft, and then improvements of it. */
const improvements = (): Search => ({
  ask: (view, number) => ({
    kind: "propose",
    proposal: {
      operator: number === 0 ? "draft" : "improve",
      parents: number === 0 ? [] : [view.outcomes[0]?.solutions[0]?.id ?? ""],
      memory: [],
      guidance: [],
    },
  }),
  tell: () => undefined,
});

const found = { kind: "tuned", code: "model = make(2)\n", tried: 9, before: -1, after: -0.5 };

const run = async (output: string, steps = 6) => {
  const { journal, backend, executor } = await play({
    limits: { steps },
    search: improvements,
    strategies: [tune.create({ seconds: 7, every: 3 }, undefined)],
    names: ["tune"],
    run: ({ files }) => ({ output: files === undefined ? "ran" : output }),
  });
  const searches = executor.scripts.filter(({ files }) => files !== undefined);
  return { outcomes: journal.outcomes, calls: backend.requests.length, searches };
};

describe("tune", () => {
  it("takes the first improvement and then each so many-th, without a call, and leaves the rest to the next strategy", async () => {
    const { outcomes, calls, searches } = await run(`noise\ntune:${JSON.stringify(found)}\n`);
    const tuned = outcomes.filter(({ chosen }) => chosen?.candidate.code === found.code).map(({ number }) => number);
    expect(tuned).toEqual([1, 4]);
    expect(calls).toBe(4);
    expect(outcomes[1]?.chosen?.candidate.plan).toBe("make_estimator, tuned by 9 tries");
    expect(outcomes[1]?.notes).toEqual({ tune: [{ tried: 9, before: -1, after: -0.5 }] });
    expect(searches).toHaveLength(2);
    expect(JSON.parse(searches[0]?.files?.["options.json"] ?? "")).toMatchObject({ seconds: 7, metric: "rmse" });
  });

  it.each([
    ["finds nothing better", `tune:${JSON.stringify({ kind: "none", why: "none of 3 was better" })}\n`],
    ["does not come to its end", "Killed\n"],
  ])("asks the next strategy where the search %s", async (_what, output) => {
    const { outcomes, calls } = await run(output, 4);
    expect(calls).toBe(4);
    expect(outcomes[1]?.notes["tune"]).toHaveLength(1);
    expect(outcomes[2]?.notes["tune"]).toBeUndefined();
  });
});
