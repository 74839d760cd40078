import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { apply, citedNames, diff, piecesOf, scopeOf, type Cited, type Python } from "../../src/patch/index.ts";
import { fuzzRuns, patience, pythonRuns } from "../fuzz.ts";
import { cases, noise, plantedBug, render } from "./python-programs.ts";
import { startPython } from "./python-process.ts";

const python = startPython();
afterAll(() => python[Symbol.asyncDispose]());

const silent: Python = { fingerprints: async () => [], outlines: async (scripts) => scripts.map(() => undefined) };
const nothing: Cited = { lines: [], names: [] };

/** Lines from 1 that are imports, by their words; a bracket carries one on. */
const importLines = (text: string): ReadonlySet<number> => {
  const found = new Set<number>();
  let inside = false;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(import|from) /.test(line)) inside = true;
    if (inside) found.add(at + 1);
    if (inside && (!line.includes("(") || line.includes(")")) && !/^\s+\w+,$/.test(line)) inside = false;
  }
  return found;
};

const randomCase = cases().map((one) => {
  const { dice } = one;
  const bug = plantedBug(one);
  const original = render(one.program, {}, one.end);
  const edited = render(one.program, { ...noise(one, bug?.statement), ...(bug === undefined ? {} : { bug }) }, one.end);
  const count = original.split("\n").length;
  const lines = Array.from({ length: dice.below(4) }, () => {
    const first = 1 + dice.below(count);
    return { first, last: first + dice.below(3) };
  });
  const defined = [...original.matchAll(/(?:def|class) (\w+)/g)].map(([, name]) => name!);
  const names = dice.chance(0.3) && defined.length > 0 ? [dice.pick(defined)] : [];
  return { original, edited, cited: { lines, names } };
});

describe("strict scope", patience, () => {
  it("lets nothing through that is not cited, imported or defined there", async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, async ({ original, edited, cited }) => {
        const { text, inside, outside } = await scopeOf({ original, edited, cited, mode: "strict" }, python);
        expect(text).toBe(apply(inside, original));
        const pieces = piecesOf(diff(original, edited));
        expect(new Set([...inside, ...outside].map((hunk) => JSON.stringify(hunk)))).toEqual(
          new Set(pieces.map((hunk) => JSON.stringify(hunk))),
        );
        const [outline] = await python.outlines([original]);
        const definitions = outline!.definitions.filter(({ name }) => cited.names.includes(name.split(".").at(-1)!));
        const allowed = [...cited.lines, ...definitions];
        const [before, after] = [importLines(original), importLines(edited)];
        const silentLine = (line: string) => /^\s*(#.*)?$/.test(line.trimEnd());
        let shift = 0;
        for (const hunk of pieces) {
          const { at, removed, added } = hunk;
          const place = at + shift;
          shift += added.length - removed.length;
          if (!inside.some((other) => JSON.stringify(other) === JSON.stringify(hunk))) continue;
          const [first, last] = removed.length > 0 ? [at + 1, at + removed.length] : [at, at + 1];
          const isAllowed = allowed.some((range) => range.first <= last && range.last >= first);
          const isImport =
            removed.every((line, offset) => before.has(at + offset + 1) || silentLine(line)) &&
            added.every((line, offset) => after.has(place + offset + 1) || silentLine(line));
          expect(isAllowed || isImport, JSON.stringify(hunk)).toBe(true);
        }
      }),
      { numRuns: pythonRuns },
    );
  });

  it("lets everything through where every line is cited, and nothing else does so", async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, async ({ original, edited }) => {
        const lines = [{ first: 1, last: original.split("\n").length }];
        const cited = { lines, names: [] };
        expect(await scopeOf({ original, edited, cited, mode: "strict" }, silent)).toMatchObject({
          text: edited,
          outside: [],
        });
      }),
      { numRuns: fuzzRuns },
    );
  });

  it.each<[string, string, string, Cited]>([
    ["a line that is cited", "a = 1\nb = 2\n", "a = 1\nb = 3\n", { lines: [{ first: 2, last: 2 }], names: [] }],
    [
      "an insertion after a cited line",
      "a = 1\nb = 2\n",
      "a = 1\nc = 3\nb = 2\n",
      { lines: [{ first: 1, last: 1 }], names: [] },
    ],
    ["a new import", "a = 1\n", "import os\na = 1\n", nothing],
    [
      "an import over several lines",
      "from a import b\nc = 1\n",
      "from a import (\n    b,\n    d,\n)\nc = 1\n",
      nothing,
    ],
    ["a cited function", "def f():\n    return 1\n", "def f():\n    return 2\n", { lines: [], names: ["f"] }],
    [
      "a cited method",
      "class A:\n    def f(self):\n        return 1\n",
      "class A:\n    def f(self):\n        return 2\n",
      { lines: [], names: ["A.f"] },
    ],
    ["a cited variable", "rate = 1\n", "rate = 2\n", { lines: [], names: ["rate"] }],
    [
      "a cited attribute",
      "class A:\n    def g(self):\n        self.rate = 1\n",
      "class A:\n    def g(self):\n        self.rate = 2\n",
      { lines: [], names: ["rate"] },
    ],
    [
      "a definition that was lacking",
      "a = 1\n\n\n\nb = 2\n",
      "a = 1\n\n\ndef f():\n    return 3\n\nb = 2\n",
      { lines: [], names: ["f"] },
    ],
  ])("lets %s through", async (_what, original, edited, cited) => {
    expect((await scopeOf({ original, edited, cited, mode: "strict" }, python)).text).toBe(edited);
  });

  it.each<[string, string, string, Cited]>([
    ["the line after a cited one", "a = 1\nb = 2\n", "a = 1\nb = 3\n", { lines: [{ first: 1, last: 1 }], names: [] }],
    [
      "a function that is not cited",
      "def f():\n    return 1\n",
      "def f():\n    return 2\n",
      { lines: [], names: ["g"] },
    ],
    ["the use of a cited name", "x = f(1)\n", "x = f(2)\n", { lines: [], names: ["f"] }],
    [
      "the body of a loop over a cited name",
      "for i in x:\n    a = 1\n    b = 2\n",
      "for i in x:\n    a = 1\n    b = 3\n",
      { lines: [], names: ["i"] },
    ],
  ])("holds back %s", async (_what, original, edited, cited) => {
    const scoped = await scopeOf({ original, edited, cited, mode: "strict" }, python);
    expect(scoped.outside.length).toBeGreaterThan(0);
    expect(scoped.text).toBe(original);
  });
});

it("strict scope parts an import from the code that rides on it", async () => {
  const edit = { original: "a = 1\n", edited: "import os\nos.remove(p)\na = 1\n", cited: nothing };
  expect((await scopeOf({ ...edit, mode: "strict" }, python)).text).toBe("import os\na = 1\n");
});

describe("scope", () => {
  const [original, edited] = ["a = 1\nb = 2\nc = 3\nd = 4\n", "a = 0\nb = 2\nc = 3\nd = 5\n"];
  const cited: Cited = { lines: [{ first: 4, last: 4 }], names: [] };

  it("flags what lies outside and lets it through", async () => {
    const scoped = await scopeOf({ original, edited, cited, mode: "flag" }, python);
    expect(scoped).toMatchObject({ text: edited, inside: [{ at: 3 }], outside: [{ at: 0 }] });
  });

  it("is not looked at when it is off", async () => {
    expect(await scopeOf({ original, edited, cited, mode: "off" }, silent)).toMatchObject({
      text: edited,
      outside: [],
    });
  });

  it("has no margin but the one it is given", async () => {
    const [first, second] = await Promise.all(
      [2, 3].map((margin) => scopeOf({ original, edited, cited, mode: "strict", margin }, python)),
    );
    expect([first!.outside.length, second!.outside.length]).toEqual([1, 0]);
  });

  it("is read from the lines of a script that does not parse", async () => {
    const broken = "import os\ndef f(:\n    return 1\n\n    return 2\nrate = 3\n";
    const repaired = "import sys\ndef f():\n    return 1\n\n    return 4\nrate = 5\n";
    const edit = { original: broken, edited: repaired, mode: "strict" } as const;
    expect((await scopeOf({ ...edit, cited: { lines: [], names: ["f"] } }, python)).text).toBe(
      repaired.replace("rate = 5", "rate = 3"),
    );
    expect((await scopeOf({ ...edit, cited: { lines: [], names: ["rate"] } }, python)).text).toBe(
      broken.replace("os", "sys").replace("= 3", "= 5"),
    );
  });
});

describe("the names that a critique cites", () => {
  it.each([
    ["in backticks", "The `rate` is wrong, see `model.fit(X)`.", ["rate", "model.fit", "X", "model", "fit"]],
    ["called", "load_data() reads np.log1p(x).", ["load_data", "np.log1p", "np", "log1p"]],
    ["in an error's quotes", "NameError: name 'y_train' is not defined", ["y_train"]],
    ["and no keyword or plain word", "Use `if` and return the total.", []],
  ])("%s", (_how, critique, names) => {
    expect([...citedNames(critique)].toSorted()).toEqual([...names].toSorted());
  });
});
