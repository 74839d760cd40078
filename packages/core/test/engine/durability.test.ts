import { cutLog, journalText, linesOf, play, sketchChains, sketchSearches } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

const searches = Object.entries(sketchSearches);
const chains = Object.entries(sketchChains);

describe.each([1, 3, 8])("with %i slots", (slots) => {
  it.each(chains)("%s repeats under other delays", async (_name, strategies) => {
    for (const [, search] of searches) {
      const plain = await play({ strategies, search, slots });
      const delayed = await play({ strategies, search, slots, jitter: 5 });
      expect(plain.ending.reason).toBe("steps");
      expect(journalText(delayed)).toBe(journalText(plain));
    }
  });

  it.each(chains)("%s is answered from its log alone", async (_name, strategies) => {
    for (const [, search] of searches) {
      const first = await play({ strategies, search, slots, jitter: 3 });
      const again = await play({ strategies, search, slots, file: first.file });
      expect(journalText(again)).toBe(journalText(first));
      expect(again.backend.requests).toHaveLength(0);
      expect(again.executor.scripts).toHaveLength(0);
      expect(again.budget.tokens).toBe(first.budget.tokens);
      expect(again.budget.spent.executions).toBe(first.budget.spent.executions);
    }
  });
});

describe("a run that was killed", () => {
  it.each(chains)("%s goes on to the same journal from any prefix of its log", async (_name, strategies) => {
    const [, search] = searches[2]!;
    const whole = await play({ strategies, search, slots: 3, jitter: 2 });
    const lines = linesOf(whole.file);
    for (let kept = 0; kept < lines.length; kept += Math.max(1, Math.floor(lines.length / 12))) {
      const file = cutLog(whole.file, kept, lines[kept]!.slice(0, 20));
      const resumed = await play({ strategies, search, slots: 3, jitter: 7, file });
      expect(journalText(resumed)).toBe(journalText(whole));
    }
  });

  it("does no logged effect twice", async () => {
    const strategies = sketchChains["self-consistency(reflection)"]!;
    const whole = await play({ strategies, slots: 3 });
    const lines = linesOf(whole.file);
    const kept = Math.floor(lines.length / 2);
    const ended = lines
      .slice(0, kept)
      .filter((line) => line.includes('"type":"effect-ended"'))
      .map((line) => String(JSON.parse(line).place));
    const resumed = await play({ strategies, slots: 3, file: cutLog(whole.file, kept) });
    const startedLater = linesOf(resumed.file)
      .slice(kept)
      .filter((line) => line.includes('"type":"effect-started"'))
      .map((line) => String(JSON.parse(line).place));
    expect(startedLater.filter((place) => ended.includes(place))).toEqual([]);
    expect(startedLater.length).toBeGreaterThan(0);
  });

  it("bills a call whose end nobody saw, and asks it again with the same seed", async () => {
    const whole = await play({ limits: { steps: 1 } });
    const lines = linesOf(whole.file);
    const at = lines.findIndex((line) => line.includes('"kind":"generate"'));
    const resumed = await play({ limits: { steps: 1 }, file: cutLog(whole.file, at + 1) });
    expect(resumed.backend.requests.map(({ seed }) => seed)).toEqual(whole.backend.requests.map(({ seed }) => seed));
    expect(resumed.budget.spent.lost).toBeGreaterThan(0);
    expect(resumed.budget.tokens).toBeGreaterThan(whole.budget.tokens);
  });
});

describe("a log of another run", () => {
  it("stops at the first call that asks something else, naming the place", async () => {
    const first = await play();
    const other = await play({ file: first.file, prompt: () => [{ role: "user", content: "another prompt" }] });
    expect(other.ending.reason).toBe("divergence");
    expect(other.ending.message).toContain("0-0");
    expect(other.backend.requests).toHaveLength(0);
  });

  it("stops where the search asks for something else", async () => {
    const first = await play({ search: sketchSearches["random"]! });
    const other = await play({ file: first.file, search: sketchSearches["waiting"]! });
    expect(other.ending.reason).toBe("divergence");
  });
});

describe("seeds", () => {
  it("are one for draft 0 of the bare coder, of reflection, and of sample 0 of self-consistency", async () => {
    const firstSeed = async (name: string) =>
      (await play({ strategies: sketchChains[name]!, limits: { steps: 1 } })).backend.requests[0]!.seed;
    const baseline = await firstSeed("baseline");
    for (const name of [
      "reflection",
      "self-consistency(reflection)",
      "reflection(self-consistency)",
      "self-consistency(self-consistency)",
    ]) {
      expect(await firstSeed(name)).toBe(baseline);
    }
  });

  it("differ for all calls of a run", async () => {
    const { backend } = await play({
      strategies: sketchChains["self-consistency(self-consistency)"]!,
      limits: { steps: 6 },
    });
    const calls = backend.requests.map(({ request, seed }) => JSON.stringify([request.messages, seed]));
    expect(new Set(calls).size).toBe(calls.length);
  });

  it("differ where a branch goes on with its parent's draws and the parent asks again", async () => {
    const strategy =
      () => async (_proposal: unknown, work: Parameters<ReturnType<(typeof sketchChains)["baseline"][number]>>[1]) => {
        const ask = () => work.generate({ messages: [{ role: "user", content: "same" }] }, { phase: "code" });
        await ask();
        await work.fanOut(2, (branch) =>
          branch.generate({ messages: [{ role: "user", content: "same" }] }, { phase: "code" }),
        );
        await ask();
        return { plan: "", code: "x = 1" };
      };
    const { backend } = await play({ strategies: [strategy], limits: { steps: 1 } });
    expect(new Set(backend.requests.map(({ seed }) => seed)).size).toBe(4);
  });
});
