import { seededRandom } from "@aide-ts/core";
import { searchConformance } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { landscapes, random, replay } from "../src/index.ts";

searchConformance({ describe, it }, { plugin: random, options: {} });

describe("random", () => {
  const steps = 6000;

  it("drafts half of the time, else goes on from any solution so far, each as likely", async () => {
    const ran = await replay({
      landscape: landscapes[0]!,
      search: () => random.create({}, undefined),
      steps,
      seed: 3,
    });
    const parents = ran.journal.outcomes.map(({ proposal }) => proposal.parents[0]);
    const others = parents.flatMap((parent, number) => (parent === undefined ? [] : [{ parent, number }]));
    expect(Math.abs(others.length / steps - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / steps));
    // The place of a uniform choice among the solutions before it is uniform, with mean 1/2 and variance 1/12.
    const places = others.map(({ parent, number }) => Number.parseInt(parent, 10) / number);
    const mean = places.reduce((a, b) => a + b, 0) / places.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / places.length));
  });

  it("repairs what failed and improves what is valid, and leaves answers without code alone", () => {
    const search = random.create({}, undefined);
    const draw = seededRandom("asks");
    const task = { goal: "", metric: "", direction: "minimize" as const };
    const view = { task, outcomes: [], pending: [], solution: () => undefined };
    const proposal = { operator: "draft", parents: [], memory: [], guidance: [] };
    const failed = { valid: false, cause: "exception", scores: [], feedback: "" } as const;
    const score = { value: 1, source: "held-out" } as const;
    const endings = [
      { id: "0-0", code: "x", evaluation: { valid: true, score, scores: [score], feedback: "" } as const },
      { id: "1-0", code: "y", evaluation: failed },
      { id: "2-0", code: "", evaluation: failed },
    ];
    for (const [number, { id, code, evaluation }] of endings.entries()) {
      const chosen = { id, proposal: number, parents: [], candidate: { plan: "", code }, evaluation };
      search.tell({ number, proposal, solutions: [chosen], chosen, notes: {} });
    }
    const asked = new Set<string>();
    for (let number = 3; number < 200; number++) {
      const ask = search.ask(view, number, draw);
      if (ask.kind === "propose") asked.add(`${ask.proposal.operator} ${ask.proposal.parents.join()}`);
    }
    expect([...asked].sort()).toEqual(["debug 1-0", "draft ", "improve 0-0"]);
  });
});
