import { play } from "@aide-ts/testing";
import type { Evaluator, Search } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { tune } from "../src/index.ts";

/** Two drafts, and then improvements of the first. */
const improvements = (): Search => ({
  ask: (view, number) => ({
    kind: "propose",
    proposal: {
      operator: number < 2 ? "draft" : "improve",
      parents: number < 2 ? [] : [view.outcomes[0]?.solutions[0]?.id ?? ""],
      memory: [],
      guidance: [],
    },
  }),
  tell: () => undefined,
});

const script = (estimator: string): string => `import x

def make_estimator():
    """Makes it."""

    return ${estimator}(1)
`;

const found = { kind: "tuned", code: "model = make(2)\n", tried: 9, before: -1, after: -0.5 };

/** The second draft is the better one. */
const scoring: Evaluator = {
  async evaluate({ candidate }) {
    const value = candidate.code.includes("Second") ? 1 : 2;
    const score = { value, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: "" };
  },
};

const run = async (output: string, steps = 9) => {
  const { journal, backend, executor } = await play({
    limits: { steps },
    search: improvements,
    strategies: [tune.create({ seconds: 7, tries: 9, every: 3 }, undefined)],
    names: ["tune"],
    evaluators: [scoring],
    reply: (_request, { number }) => `\`\`\`python\n${script(["First", "Second"][number] ?? "Second")}\`\`\``,
    run: ({ files }) => ({ output: files === undefined ? "ran" : output }),
  });
  const searches = executor.scripts.filter(({ files }) => files !== undefined);
  return { outcomes: journal.outcomes, calls: backend.requests.length, searches };
};

describe("tune", () => {
  it("searches each estimator once, the best one's first, with so many improvements between, and costs no call", async () => {
    const { outcomes, calls, searches } = await run(`noise\ntune:${JSON.stringify(found)}\n`);
    const tuned = outcomes.filter(({ chosen }) => chosen?.candidate.code === found.code);
    expect(tuned.map(({ number }) => number)).toEqual([2, 5]);
    expect(tuned.map(({ chosen }) => chosen?.candidate.from)).toEqual([
      outcomes[1]?.chosen?.id,
      outcomes[0]?.chosen?.id,
    ]);
    expect(calls).toBe(7);
    expect(tuned[0]?.chosen?.candidate.plan).toBe("make_estimator, Second tuned by 9 tries");
    expect(tuned[0]?.notes).toEqual({ tune: [{ estimator: "Second", tried: 9, before: -1, after: -0.5 }] });
    expect(searches.map(({ files }) => files?.["candidate.py"])).toEqual([script("Second"), script("First")]);
    expect(JSON.parse(searches[0]?.files?.["options.json"] ?? "")).toMatchObject({ seconds: 7, metric: "rmse" });
  });

  it.each([
    ["finds nothing better", `tune:${JSON.stringify({ kind: "none", why: "none of 3 was better" })}\n`],
    ["does not come to its end", "Killed\n"],
  ])("asks the next strategy where the search %s, and does not search the same again", async (_what, output) => {
    const { outcomes, calls, searches } = await run(output);
    expect(calls).toBe(9);
    expect(searches).toHaveLength(2);
    expect(outcomes.filter(({ notes }) => notes["tune"] !== undefined).map(({ number }) => number)).toEqual([2, 5]);
  });
});
