import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ThoughtSplitter, type Beginning } from "../../src/answer/thought-splitter.ts";

const split = (beginning: Beginning, chunks: readonly string[]) => {
  const splitter = new ThoughtSplitter(beginning);
  let [reasoning, text] = ["", ""];
  let retracted = false;
  const take = (pieces: ReturnType<ThoughtSplitter["end"]>) => {
    if (splitter.retracted && !retracted) [reasoning, text, retracted] = [reasoning + text, "", true];
    for (const piece of pieces)
      if (piece.reasoning) reasoning += piece.text;
      else text += piece.text;
  };
  for (const chunk of chunks) take(splitter.push(chunk));
  const { thinking } = splitter;
  take(splitter.end());
  return { reasoning, text, thinking };
};

const beginning = fc.constantFrom<Beginning>("text", "thought", "open");
const written = fc
  .array(fc.oneof(fc.constantFrom("<think>", "</think>", "<thi", "</", "<", "\n", " "), fc.string({ maxLength: 5 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(""));

const cut = (text: string, at: readonly number[]): readonly string[] => {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => text.slice(from, places[index]));
};

describe("ThoughtSplitter", () => {
  it("gives the same result however the text is cut", () => {
    fc.assert(
      fc.property(beginning, written, fc.array(fc.nat()), (start, text, at) => {
        expect(split(start, cut(text, at))).toEqual(split(start, [text]));
      }),
      { numRuns: 2_000 },
    );
  });

  it("loses nothing but one opener and one closer", () => {
    fc.assert(
      fc.property(beginning, written, (start, text) => {
        const { reasoning, text: rest } = split(start, [text]);
        const opened = start === "text" ? text : text.replace(/^(\s*)<think>/, "$1");
        const expected = start === "text" || rest === opened ? opened : opened.replace("</think>", "");
        expect([expected, opened]).toContain(reasoning + rest);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["open", "<think>a</think>b", "a", "b", false],
    ["open", "\n<think>\na\n</think>\n\nb", "\n\na\n", "\n\nb", false],
    ["open", "a</think>b", "a", "b", false],
    ["open", "plain", "", "plain", false],
    ["open", "<think>cut", "cut", "", true],
    ["thought", "a</think>b</think>", "a", "b</think>", false],
    ["thought", "<think>a</think>b", "a", "b", false],
    ["thought", "cut </thin", "cut </thin", "", true],
    ["text", "<think>a</think>", "", "<think>a</think>", false],
  ] as const)("%s: %j", (start, written, reasoning, text, thinking) => {
    expect(split(start, [written])).toEqual({ reasoning, text, thinking });
  });
});
