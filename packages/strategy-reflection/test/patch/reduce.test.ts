import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  apply,
  changedLines,
  diff,
  linesOf,
  reduce,
  standing,
  type Test,
  type Verdict,
} from "../../src/patch/index.ts";
import { fuzzRuns, patience } from "../fuzz.ts";
import { Dice } from "./dice.ts";

/** Short texts of few lines, so that hunks, repeats and moves abound. */
const text = fc
  .array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 14 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));
const edits = fc.tuple(text, text).filter(([original, edited]) => original !== edited);

/** A verdict for every text, repeatable and without any rule; the full edit passes and the original fails as it did. */
const lawless =
  (seed: number, original: string, edited: string): ((asked: string) => Verdict) =>
  (asked) => {
    if (asked === edited) return "pass";
    if (asked === original) return "same-failure";
    let mixed = seed;
    for (const letter of asked) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
    return new Dice(mixed).pick(["pass", "same-failure", "other", "other"]);
  };

const recorded = (verdict: (asked: string, call: number) => Verdict) => {
  const calls: { readonly text: string; readonly verdict: Verdict }[] = [];
  const test: Test = async (asked) => {
    const given = verdict(asked, calls.length);
    calls.push({ text: asked, verdict: given });
    return given;
  };
  return { calls, test };
};

const isFlaky = (calls: readonly { readonly text: string; readonly verdict: Verdict }[]): boolean =>
  new Set(calls.map((call) => JSON.stringify(call))).size > new Set(calls.map((call) => call.text)).size;

describe("whatever a repeatable test says, a reduction", patience, () => {
  it("passes, and without any one hunk or changed line it would not", async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(), async ([original, edited], seed) => {
        const verdict = lawless(seed, original, edited);
        const { test, calls } = recorded(verdict);
        const reduced = await reduce({ original, edited, test, executions: 1e6 });
        expect(reduced.kind).toBe("minimal");
        if (reduced.kind !== "minimal") return;
        expect(verdict(reduced.text)).toBe("pass");
        expect(reduced.executions).toBe(calls.length);
        expect(calls.filter((call) => call.text === reduced.text).length).toBeGreaterThanOrEqual(3);
        const hunks = diff(original, reduced.text);
        expect(changedLines(hunks)).toBeLessThanOrEqual(changedLines(diff(original, edited)));
        const verdicts = new Map<string, number>();
        for (const parts of [hunks, linesOf(hunks)])
          for (const part of parts) {
            const less = verdict(
              apply(
                parts.filter((other) => other !== part),
                original,
              ),
            );
            expect(less).not.toBe("pass");
            if (parts !== hunks) verdicts.set(less, (verdicts.get(less) ?? 0) + 1);
          }
        expect(reduced.needed).toBe(verdicts.get("same-failure") ?? 0);
        expect(reduced.unresolved).toBe(verdicts.get("other") ?? 0);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("is its own reduction", async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(), async ([original, edited], seed) => {
        const { test } = recorded(lawless(seed, original, edited));
        const once = await reduce({ original, edited, test, executions: 1e6 });
        const twice = await reduce({ original, edited: once.text, test, executions: 1e6 });
        expect(twice.text).toBe(once.text);
        expect(twice.kind).toBe("minimal");
      }),
      { numRuns: fuzzRuns },
    );
  });
});

describe("under any budget a reduction", patience, () => {
  it("keeps within it, and never gives a failing text for a full edit that passes", async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(), fc.nat({ max: 60 }), async ([original, edited], seed, executions) => {
        const verdict = lawless(seed, original, edited);
        const { test, calls } = recorded(verdict);
        const reduced = await reduce({ original, edited, test, executions });
        expect(calls.length).toBeLessThanOrEqual(executions);
        expect(reduced.executions).toBe(calls.length);
        expect(verdict(reduced.text)).toBe("pass");
        const { text: unlimited } = await reduce({ original, edited, test: recorded(verdict).test, executions: 1e6 });
        if (reduced.kind === "minimal") expect(reduced.text).toBe(unlimited);
        else expect(reduced.why).toBe("budget");
        if (reduced.kind === "full") expect(reduced.text).toBe(edited);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("that is interrupted says so", async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(), fc.nat({ max: 40 }), async ([original, edited], seed, last) => {
        const stop = new AbortController();
        const verdict = lawless(seed, original, edited);
        const { test, calls } = recorded((asked, call) => {
          if (call === last) stop.abort();
          return verdict(asked);
        });
        const reduced = await reduce({ original, edited, test, executions: 1e6, signal: stop.signal });
        expect(verdict(reduced.text)).toBe("pass");
        expect(calls.length).toBeLessThanOrEqual(last + 1);
        if (reduced.kind !== "minimal") expect(reduced.why).toBe("interrupted");
        else expect(calls.filter((call) => call.text === reduced.text).length).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: fuzzRuns },
    );
  });
});

describe("a flaky test", patience, () => {
  it("never proves anything minimal, and a result that it refuses is not taken", async () => {
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        edits,
        fc.nat(),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        async ([original, edited], seed, share) => {
          const dice = new Dice(seed);
          const verdict = lawless(seed, original, edited);
          const { test, calls } = recorded((asked) =>
            dice.chance(share) ? dice.pick(["pass", "same-failure", "other"]) : verdict(asked),
          );
          const reduced = await reduce({ original, edited, test, executions: 1e6 });
          kinds.add("why" in reduced ? `${reduced.kind}: ${reduced.why}` : reduced.kind);
          if (isFlaky(calls)) expect(reduced.kind).not.toBe("minimal");
          if (reduced.kind === "full") expect(reduced.text).toBe(edited);
          else {
            const last = calls.filter((call) => call.text === reduced.text).slice(-3);
            expect(last.map((call) => call.verdict)).toEqual(["pass", "pass", "pass"]);
          }
        },
      ),
      { numRuns: fuzzRuns, seed: 4 },
    );
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        "minimal",
        "not-proved-minimal: flaky",
        "full: not-verified",
        "full: edit-does-not-pass",
      ]),
    );
  });
});

describe("the full edit stands", () => {
  const [original, edited] = ["a\nb\n", "c\nd\n"];
  it.each<[string, Verdict, Verdict, string]>([
    ["where it does not pass", "same-failure", "same-failure", "edit-does-not-pass"],
    ["where it fails in another way", "other", "same-failure", "edit-does-not-pass"],
    ["where the original passes too", "pass", "pass", "original-does-not-fail"],
    ["where the original fails in another way", "pass", "other", "original-does-not-fail"],
  ])("%s", async (_when, full, none, why) => {
    const test: Test = async (asked) => (asked === original ? none : full);
    expect(await reduce({ original, edited, test, executions: 100 })).toMatchObject({
      kind: "full",
      text: edited,
      why,
    });
  });

  it("where it changes nothing, without a run", async () => {
    const test = () => Promise.reject(new Error("was run"));
    expect(await reduce({ original, edited: original, test, executions: 100 })).toMatchObject({
      why: "no-op",
      executions: 0,
    });
  });

  it("against a part of it that fails, and never the other way round", async () => {
    const verdicts = fc.constantFrom<Verdict>("pass", "same-failure", "other");
    await fc.assert(
      fc.asyncProperty(verdicts, verdicts, async (full, part) => {
        const text = await standing({
          full: "full",
          part: "part",
          test: async (asked) => (asked === "full" ? full : part),
        });
        expect(text).toBe(part !== "pass" && full === "pass" ? "full" : "part");
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("and what a test throws passes through", async () => {
    const stopped = new Error("stop");
    await expect(reduce({ original, edited, test: () => Promise.reject(stopped), executions: 9 })).rejects.toBe(
      stopped,
    );
  });
});
