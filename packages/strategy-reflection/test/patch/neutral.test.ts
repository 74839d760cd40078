import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { apply, changedLines, diff, dropNeutral, piecesOf } from "../../src/patch/index.ts";
import { patience, pythonRuns } from "../fuzz.ts";
import { cases, noise, plantedBug, render } from "./python-programs.ts";
import { startPython } from "./python-process.ts";

const python = startPython();
afterAll(() => python[Symbol.asyncDispose]());

describe("of any edit", patience, () => {
  it("cosmetic noise is dropped and a change of meaning never", async () => {
    await fc.assert(
      fc.asyncProperty(cases(), async (one) => {
        const bug = plantedBug(one);
        fc.pre(bug !== undefined);
        const original = render(one.program, {}, one.end);
        const changed = render(one.program, { bug }, one.end);
        const edited = render(one.program, { ...noise(one, bug.statement), bug }, one.end);
        const kept = await dropNeutral(original, edited, python);
        const [meant, is] = await python.fingerprints([edited, kept.text]);
        expect(is).toEqual(meant);
        expect(apply(kept.diff, original)).toBe(kept.text);
        expect(changedLines(kept.diff), kept.text).toBeLessThanOrEqual(changedLines(diff(original, changed)));
      }),
      { numRuns: pythonRuns },
    );
  });

  it("noise alone leaves the original, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(cases(), async (one) => {
        const original = render(one.program, {}, one.end);
        const edited = render(one.program, noise(one, undefined, 0.4), one.end);
        const { text, dropped } = await dropNeutral(original, edited, python);
        expect(text).toBe(original);
        expect(dropped).toEqual(diff(original, edited));
      }),
      { numRuns: pythonRuns },
    );
  });

  it("no piece that is left is neutral, and changes of meaning alone all stay", async () => {
    await fc.assert(
      fc.asyncProperty(cases(20), async (one) => {
        const bug = plantedBug(one);
        fc.pre(bug !== undefined);
        const original = render(one.program, noise(one, bug.statement, 0.2), one.end);
        const edited = render(one.program, { ...noise(one, bug.statement, 0.2), bug }, one.end);
        const kept = await dropNeutral(original, edited, python);
        const pieces = piecesOf(kept.diff);
        const [meant, ...others] = await python.fingerprints([
          edited,
          ...pieces.map((piece) =>
            apply(
              pieces.filter((other) => other !== piece),
              original,
            ),
          ),
        ]);
        for (const other of others) expect(other).not.toEqual(meant);
        const alone = render(one.program, { bug }, one.end);
        const plain = render(one.program, {}, one.end);
        expect((await dropNeutral(plain, alone, python)).text).toBe(alone);
      }),
      { numRuns: pythonRuns },
    );
  });
});

describe("an edit keeps", () => {
  it.each([
    ["a docstring", 'def f():\n    """A."""\n', 'def f():\n    """B."""\n'],
    ["a coding line", "x = 1\n", "# -*- coding: utf-8 -*-\nx = 1\n"],
    ["a coding line that moves out of the first two", "# coding: utf-8\nx = 1\n", "\n\n# coding: utf-8\nx = 1\n"],
    ["PEP 723 metadata", "x = 1\n", '# /// script\n# dependencies = ["numpy"]\n# ///\nx = 1\n'],
    [
      "a dependency of PEP 723",
      '# /// script\n# dependencies = ["numpy"]\n# ///\nx = 1\n',
      '# /// script\n# dependencies = ["scipy"]\n# ///\nx = 1\n',
    ],
    ["everything where the original does not parse", "x = (1\n", "# note\nx = (1)\n"],
    ["everything where the edited text does not parse", "x = 1\n", "# note\nx = (1\n"],
  ])("%s", async (_what, original, edited) => {
    expect(await dropNeutral(original, edited, python)).toMatchObject({ text: edited, dropped: [] });
  });
});

describe("an edit loses", () => {
  const semantic = ["    y = 1\n", "    y = 2\n"] as const;
  it.each([
    ["a comment", "def f():\n", "def f():  # why\n"],
    [
      "brackets that a call is spread over",
      "a = f(1, 2)\nb = [\n    3,\n]\ndef f():\n",
      "a = f(\n    1, 2\n)\nb = [3]\ndef f():\n",
    ],
    [
      "two halves of one bracket around a line that stays",
      "a = [\n    1,\n    2,\n]\ndef f():\n",
      "a = [1,\n    2,\n    ]\ndef f():\n",
    ],
    ["one of two pairs of brackets, not both", "x = 1 + \\\n    2\ndef f():\n", "x = ((1 +\n    2))\ndef f():\n"],
  ])("%s", async (_what, before, after) => {
    const { text } = await dropNeutral(before + semantic[0], after + semantic[1], python);
    expect(text).toBe(before + semantic[1]);
  });

  it("the new indentation of a block, and keeps what changes in another", async () => {
    const original = "if a:\n    b = 1\n    c = 2\nd = 3\n";
    const { text, dropped } = await dropNeutral(original, "if a:\n  b = 1\n  c = 2\nd = 4\n", python);
    expect(text).toBe("if a:\n    b = 1\n    c = 2\nd = 4\n");
    expect(dropped).toHaveLength(2);
  });
});
