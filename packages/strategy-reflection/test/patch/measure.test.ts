import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diff, measure } from "../../src/patch/index.ts";
import { fuzzRuns, patience } from "../fuzz.ts";
import { anyEdit } from "./texts.ts";

/** By the definition, with the whole table. */
const distance = (a: readonly string[], b: readonly string[]): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_row, j) => (i === 0 ? j : i)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
  return table[a.length]![b.length]!;
};

const lines = (text: string): readonly string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

describe("the measures of any edit", patience, () => {
  it("agree with its diff and with Levenshtein's table", () => {
    fc.assert(
      fc.property(anyEdit, ([original, edited]) => {
        const size = measure({ original, edited });
        const hunks = diff(original, edited);
        expect(size.noOp).toBe(original === edited);
        expect(size.hunks).toBe(hunks.length);
        expect(size.added - size.removed).toBe(lines(edited).length - lines(original).length);
        const all = lines(original).length + lines(edited).length;
        expect(size.changedRatio).toBe(all === 0 ? 0 : (size.added + size.removed) / all);
        expect(size.editDistance).toBe(distance(lines(original), lines(edited)));
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("count what scope and neutrality found", () => {
    const [original, edited] = ["a\nb\nc\n", "a\nx\nc\nd\n"];
    const [first, ...others] = diff(original, edited);
    expect(measure({ original, edited, outside: others, dropped: [first!] })).toEqual({
      noOp: false,
      hunks: 2,
      added: 2,
      removed: 1,
      changedRatio: 3 / 7,
      editDistance: 2,
      outsideScope: 1,
      neutralDropped: 1,
    });
  });
});
