import { cutLog, eventsIn, journalText, linesOf, play, sketchChains, sketchSearches } from "@aide-ts/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../../tools/vitest/fuzz-runs.ts";

const chains = Object.keys(sketchChains);
const scenes = fc.record({
  chain: fc.constantFrom(...chains),
  search: fc.constantFrom(...Object.keys(sketchSearches)),
  slots: fc.constantFrom(1, 2, 3, 8),
  seed: fc.nat(1000),
  jitter: fc.integer({ min: 1, max: 50 }),
});
const staged = ({ chain, search, slots, seed }: { chain: string; search: string; slots: number; seed: number }) => ({
  strategies: sketchChains[chain]!,
  search: sketchSearches[search]!,
  slots,
  seed,
});
const numRuns = Math.min(500, Math.ceil(fuzzRuns(2000) / 50));

describe("whatever is composed,", { timeout: 600_000 }, () => {
  it("any prefix of its log resumes to the same journal", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(400), async (scene, share, torn) => {
        const whole = await play({ ...staged(scene), limits: { steps: 5 } });
        const lines = linesOf(whole.file);
        const kept = Math.floor(share * lines.length);
        const file = cutLog(whole.file, kept, (lines[kept] ?? "").slice(0, torn));
        const resumed = await play({ ...staged(scene), limits: { steps: 5 }, jitter: scene.jitter, file });
        expect(journalText(resumed)).toBe(journalText(whole));
      }),
      { numRuns },
    );
  });

  it("no limit is exceeded, nothing is asked once one is reached, and the cut is repeated from the log", async () => {
    const limits = fc.record(
      {
        tokens: fc.integer({ min: 1, max: 4000 }),
        answerTokens: fc.integer({ min: 1, max: 1500 }),
        executions: fc.integer({ min: 1, max: 10 }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(scenes, limits, async (scene, given) => {
        const { jitter } = scene;
        const run = { ...staged(scene), limits: { steps: 12, ...given } };
        const first = await play({ ...run, jitter });
        const { budget } = first;
        expect(budget.tokens).toBeLessThanOrEqual(given.tokens ?? Number.POSITIVE_INFINITY);
        expect(budget.spent.answer).toBeLessThanOrEqual(given.answerTokens ?? Number.POSITIVE_INFINITY);
        expect(first.executor.scripts.length).toBeLessThanOrEqual(given.executions ?? Number.POSITIVE_INFINITY);
        const told = first.journal.outcomes.map(({ number }) => number);
        expect(new Set(told).size).toBe(told.length);
        const asked = eventsIn(first.file).filter((event) => event.type === "asked" && event.ask.kind === "propose");
        expect(told).toHaveLength(asked.length);
        const again = await play({ ...run, file: first.file });
        expect(journalText(again)).toBe(journalText(first));
        expect(again.backend.requests).toEqual([]);
        expect(again.budget.byRole).toEqual(budget.byRole);
      }),
      { numRuns },
    );
  });

  it("calls that differ in place and request have their own seeds, and shared drafts have one", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { backend, file } = await play({ ...staged(scene), limits: { steps: 4 } });
        const calls = backend.requests.map(({ request, seed }) => JSON.stringify([request, seed]));
        expect(new Set(calls).size).toBe(calls.length);
        const bare = await play({ ...staged(scene), strategies: [], limits: { steps: 1 } });
        const draft = bare.backend.requests[0]!;
        const same = eventsIn(file).flatMap((event) =>
          event.type === "effect-started" && event.kind === "generate" && event.place.startsWith("0-")
            ? [event.details]
            : [],
        );
        const shared = backend.requests.filter(
          ({ request }) => JSON.stringify(request) === JSON.stringify(draft.request),
        );
        expect(same.length).toBeGreaterThan(0);
        if (shared.length > 0) expect(shared[0]!.seed).toBe(draft.seed);
      }),
      { numRuns },
    );
  });
});
