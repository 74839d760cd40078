import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, changedLines, diff, linesOf, piecesOf } from "../../src/patch/index.ts";
import { fuzzRuns, patience } from "../fuzz.ts";
import { Dice } from "./dice.ts";
import { anyEdit, anyText } from "./texts.ts";

/** Lines as the diff has them, cut by another hand. */
const lines = (text: string): readonly string[] => {
  const found: string[] = [];
  let line = "";
  for (let at = 0; at < text.length; at++) {
    line += text[at];
    if (text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n")) {
      found.push(line);
      line = "";
    }
  }
  return line === "" ? found : [...found, line];
};

const content = (line: string): string => line.replace(/\r?\n$/, "");

/** Fewest changed lines, by the textbook's table. */
const fewestChanges = (a: readonly string[], b: readonly string[]): number => {
  let row = new Uint32Array(b.length + 1);
  for (const line of a) {
    const next = new Uint32Array(b.length + 1);
    for (let at = 0; at < b.length; at++)
      next[at + 1] = line === b[at] ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!);
    row = next;
  }
  return a.length + b.length - 2 * row[b.length]!;
};

describe("the diff of any two texts", patience, () => {
  it("applied to the first gives the second, byte for byte", () => {
    fc.assert(
      fc.property(anyEdit, ([original, edited]) => {
        expect(apply(diff(original, edited), original)).toBe(edited);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("changes as few lines as any diff can", () => {
    fc.assert(
      fc.property(anyEdit, ([original, edited]) => {
        expect(changedLines(diff(original, edited))).toBe(fewestChanges(lines(original), lines(edited)));
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("is nothing for one text, and keeps a line between two hunks", () => {
    fc.assert(
      fc.property(anyEdit, ([original, edited]) => {
        expect(diff(original, original)).toEqual([]);
        let end = -1;
        for (const { at, removed, added } of diff(original, edited)) {
          expect(at).toBeGreaterThan(end);
          expect(removed.length + added.length).toBeGreaterThan(0);
          end = at + removed.length;
        }
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("is the same edit in pieces and in lines, and any part of them loses no other line", () => {
    fc.assert(
      fc.property(anyEdit, fc.nat(), ([original, edited], seed) => {
        const dice = new Dice(seed);
        for (const finer of [piecesOf, linesOf]) {
          const parts = finer(diff(original, edited));
          expect(apply(parts, original)).toBe(edited);
          expect(changedLines(parts)).toBe(changedLines(diff(original, edited)));
          const some = parts.filter(() => dice.chance(0.5));
          // A lone CR that comes to stand before an LF makes one line end of two.
          if (/\r(?!\n)/.test(`${original} ${edited}`)) continue;
          const expected = lines(original)
            .map(content)
            .concat(some.flatMap(({ added }) => added.map(content)));
          for (const line of some.flatMap(({ removed }) => removed))
            expected.splice(expected.indexOf(content(line)), 1);
          expect(lines(apply(some, original)).map(content).toSorted()).toEqual(expected.toSorted());
        }
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("is refused by another original", () => {
    fc.assert(
      fc.property(anyText, anyText, (original, edited) => {
        const hunks = diff(original, edited).filter(({ removed }) => removed.length > 0);
        fc.pre(hunks.length > 0);
        expect(() => apply(hunks, "quite another text\n")).toThrow(
          expect.objectContaining({ code: "AIDE_PATCH_MISFIT", fault: "internal" }),
        );
      }),
      { numRuns: fuzzRuns },
    );
  });
});

describe("pieces of a hunk", () => {
  const pieces = (original: string, edited: string) =>
    piecesOf(diff(original, edited)).map(({ removed, added }) => [removed.join(""), added.join("")]);

  it("are its lines where the tokens line up", () => {
    expect(pieces("a = 1\nb = f(x)\n", "a = 2\nb = f(\n    x\n)\n")).toEqual([
      ["a = 1\n", "a = 2\n"],
      ["b = f(x)\n", "b = f(\n    x\n)\n"],
    ]);
  });

  it("set apart blank lines and comments", () => {
    expect(pieces("a = 1\n", "# why\n\na = 2\n")).toEqual([
      ["", "# why\n"],
      ["", "\n"],
      ["a = 1\n", "a = 2\n"],
    ]);
  });

  it("do not part what replaces from what is replaced", () => {
    expect(pieces("foo bar\n", "baz qux\n")).toEqual([["foo bar\n", "baz qux\n"]]);
  });
});
