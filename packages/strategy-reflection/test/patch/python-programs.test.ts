import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { patience, pythonRuns } from "../fuzz.ts";
import { cases, noise, plantedBug, render, type BugKind } from "./python-programs.ts";
import { startPython } from "./python-process.ts";

const python = startPython();
afterAll(() => python[Symbol.asyncDispose]());

describe("generated programs", patience, () => {
  it("parse, mean the same under noise and something else with a bug", async () => {
    const kinds = new Set<BugKind>();
    const lengths: number[] = [];
    await fc.assert(
      fc.asyncProperty(cases(), async (one) => {
        const bug = plantedBug(one);
        const plain = render(one.program, {}, one.end);
        lengths.push(plain.split("\n").length - 1);
        const noisy = render(one.program, noise(one), one.end);
        const buggy = bug === undefined ? plain : render(one.program, { bug }, one.end);
        const [a, b, c] = await python.fingerprints([plain, noisy, buggy]);
        expect(a, plain).toMatchObject({ kind: "tree" });
        expect(b, noisy).toEqual(a);
        if (bug === undefined) return;
        kinds.add(bug.kind);
        expect(c).toMatchObject({ kind: "tree" });
        expect(c, bug.kind).not.toEqual(a);
      }),
      { numRuns: pythonRuns, seed: 1 },
    );
    expect(kinds.size).toBe(9);
    expect(Math.min(...lengths)).toBeLessThan(10);
    expect(Math.max(...lengths)).toBeGreaterThan(100);
  });
});
