import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { changedLines, diff, dropNeutral, reduce, type Test } from "../../src/patch/index.ts";
import { patience, pythonRuns } from "../fuzz.ts";
import { cases, noise, plantedBug, render } from "./python-programs.ts";
import { startPython } from "./python-process.ts";

const python = startPython();
afterAll(() => python[Symbol.asyncDispose]());

/** What CPython takes for the repaired script passes, for the buggy one fails; all else is another failure. */
const meaning = async (buggy: string, repaired: string): Promise<Test> => {
  const [failing, passing] = await python.fingerprints([buggy, repaired]);
  return async (text) => {
    const [is] = await python.fingerprints([text]);
    if (is?.kind !== "tree" || failing?.kind !== "tree" || passing?.kind !== "tree") return "other";
    if (is.hash === passing.hash) return "pass";
    return is.hash === failing.hash ? "same-failure" : "other";
  };
};

describe("a planted bug that is repaired amid cosmetic noise", patience, () => {
  it("is reduced to no more than the bug", async () => {
    await fc.assert(
      fc.asyncProperty(cases(100), async (one) => {
        const bug = plantedBug(one);
        fc.pre(bug !== undefined);
        const original = render(one.program, { bug }, one.end);
        const repaired = render(one.program, {}, one.end);
        const edited = render(one.program, noise(one, bug.statement), one.end);
        const text = one.dice.chance(0.8) ? (await dropNeutral(original, edited, python)).text : edited;
        const test = await meaning(original, repaired);
        const reduced = await reduce({ original, edited: text, test, executions: 5_000 });
        expect(reduced.kind).toBe("minimal");
        expect(
          changedLines(diff(original, reduced.text)),
          `${original}\n=====\n${edited}\n=====\n${reduced.text}`,
        ).toBeLessThanOrEqual(changedLines(diff(original, repaired)));
        expect(await test(reduced.text)).toBe("pass");
      }),
      { numRuns: pythonRuns },
    );
  });
});
