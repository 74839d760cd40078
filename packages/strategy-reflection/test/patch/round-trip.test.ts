import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/patch/index.ts";
import { fuzzRuns, patience } from "../fuzz.ts";
import { asBlocks, asScript, asUnified } from "./answers.ts";
import type { Dice } from "./dice.ts";
import { cases, noise, plantedBug, render } from "./python-programs.ts";

/** A program, its edit, and whether the file ends its lines with CRLF and its last line at all: an answer says neither. */
interface Edit {
  readonly before: string;
  readonly after: string;
  readonly original: string;
  readonly edited: string;
  readonly context: number;
  readonly dice: Dice;
}

const edits: fc.Arbitrary<Edit> = fc
  .tuple(cases(), fc.boolean(), fc.integer({ min: 0, max: 4 }))
  .map(([one, ended, context]) => {
    const bug = plantedBug(one);
    const spelling = { ...noise(one, bug?.statement), ...(bug === undefined ? {} : { bug }) };
    const [before, after] = [render(one.program), render(one.program, spelling)];
    const asFile = (text: string) => {
      const file = text.replaceAll("\n", one.end);
      return ended ? file : file.slice(0, -one.end.length);
    };
    return { before, after, original: asFile(before), edited: asFile(after), context, dice: one.dice };
  });

/** Reads answers until one is read wrongly; how many were read at all, and how many refused. */
const readBack = (
  answerOf: (edit: Edit) => string,
  allowed: (edit: Edit) => readonly string[],
  expected: (edit: Edit) => string = ({ edited }) => edited,
): { readonly edit: number; readonly refused: number } => {
  const counts = { edit: 0, refused: 0 };
  fc.assert(
    fc.property(edits, (edit) => {
      fc.pre(edit.before !== edit.after);
      const parsed = parse(answerOf(edit), edit.original);
      counts[parsed.kind]++;
      if (parsed.kind === "edit") expect(parsed.text).toBe(expected(edit));
      else expect(allowed(edit)).toContain(parsed.reason.why);
    }),
    { numRuns: fuzzRuns },
  );
  return counts;
};

describe("a random edit is read back, or refused because it is ambiguous, from", patience, () => {
  // Without context an insertion names no place at all.
  const ambiguous = () => ["ambiguous", "empty-search"];

  it("search/replace blocks", () => {
    const { edit, refused } = readBack(
      ({ before, after, context, dice }) => asBlocks(before, after, context, dice),
      ambiguous,
    );
    expect(edit).toBeGreaterThan(refused);
  });

  it("a unified diff with wrong numbers and counts", () => {
    const { edit, refused } = readBack(
      ({ before, after, context, dice }) => asUnified(before, after, context, dice),
      ambiguous,
    );
    expect(edit).toBeGreaterThan(refused);
  });

  it("a whole script, which never is, unless calls drawn together leave less than half of its lines", () => {
    const lines = (text: string) => text.split("\n").filter((line) => line.trim() !== "").length;
    // Blank lines at its edges are the original's, which has none at its head.
    const { edit, refused } = readBack(
      ({ after, dice }) => asScript(after, dice),
      ({ before, after }) => (lines(after) < lines(before) / 2 ? ["fragment"] : []),
      ({ edited }) => edited.replace(/^\s+/, ""),
    );
    expect(edit).toBeGreaterThan(100 * refused);
  });
});
