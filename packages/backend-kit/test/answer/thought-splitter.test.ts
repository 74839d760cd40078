import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thoughtMarks } from "@aide-ts/plugin";
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
const marks = fc.constantFrom(...thoughtMarks.flatMap(({ opener, closer }) => [opener, closer]));
const piece = fc.oneof(
  fc.constantFrom("<think>", "</think>", "<thi", "</", "<", "\n", " ", "```py\n", "```\n", "'", '"', "#"),
  marks,
  marks.map((mark) => mark.slice(0, -1)),
  fc.string({ maxLength: 5 }),
);
const written = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));

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
    const openers = thoughtMarks.map(({ opener }) => opener);
    const closers = thoughtMarks.map(({ closer }) => closer);
    fc.assert(
      fc.property(beginning, written, (start, text) => {
        const { reasoning, text: rest } = split(start, [text]);
        const space = /^\s*/.exec(text)?.[0] ?? "";
        const opener = openers.find((one) => text.startsWith(one, space.length)) ?? "";
        const opened = start === "text" ? text : space + text.slice(space.length + opener.length);
        const whole = reasoning + rest;
        const lost = closers.filter((closer) => opened.length - whole.length === closer.length);
        const without = lost.some((closer) => opened === `${reasoning}${closer}${rest}`);
        expect(whole === opened || (start !== "text" && without)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(thoughtMarks)("knows $opener, and its end without it", ({ opener, closer }) => {
    for (const start of ["open", "thought"] as const) {
      expect(split(start, [`${opener}a${closer}b`])).toEqual({ reasoning: "a", text: "b", thinking: false });
      expect(split(start, [`a${closer}b`])).toEqual({ reasoning: "a", text: "b", thinking: false });
      expect(split(start, [`${opener}a`])).toEqual({ reasoning: "a", text: "", thinking: true });
    }
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
    ["open", "<thinking>a</think>b</thinking>c", "a</think>b", "c", false],
    ["open", "a</thinking>b</think>", "a", "b</think>", false],
    ["thought", "◁think▷a◁/think▷b", "a", "b", false],
    ["thought", "a[/THINK]b", "a", "b", false],
    ["open", '```python\nx = "</think>"\n```\n', "", '```python\nx = "</think>"\n```\n', false],
    ["open", "```python\n# before </think>\nx = 1\n```\n", "", "```python\n# before </think>\nx = 1\n```\n", false],
    ["open", "```python\nx = 'a'\n```\nI don't.</think>b", "```python\nx = 'a'\n```\nI don't.", "b", false],
    ["open", "```python\nx = 'a'</think>b", "```python\nx = 'a'", "b", false],
    ["open", 'he wrote "so</think>b', 'he wrote "so', "b", false],
    ["thought", '```python\nx = "</think>b', '```python\nx = "', "b", false],
  ] as const)("%s: %j", (start, written, reasoning, text, thinking) => {
    expect(split(start, [written])).toEqual({ reasoning, text, thinking });
  });
});
