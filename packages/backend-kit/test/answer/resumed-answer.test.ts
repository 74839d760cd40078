import { describe, expect, it } from "vitest";
import { resumedAnswer } from "../../src/index.ts";

const thinker = { opened: false, thinks: true, open: false };
const unfinished = (reasoning: string, thinking: boolean, text: string) => ({ reasoning, thinking, text });

describe("resumedAnswer", () => {
  it.each([
    ["nothing, of a model that does not think", undefined, { ...thinker, thinks: false }, "", "text"],
    ["nothing, of one that does", undefined, thinker, "", "open"],
    ["nothing, where the template opens", undefined, { ...thinker, opened: true }, "", "thought"],
    ["nothing, where a thought must be opened", undefined, { ...thinker, open: true }, "<think>\n", "thought"],
    ["a thought", unfinished("Let me", true, ""), thinker, "<think>\nLet me", "thought"],
    [
      "a thought, where the template opens",
      unfinished("Let me", true, ""),
      { ...thinker, opened: true },
      "Let me",
      "thought",
    ],
    [
      "a thought that begins with a line's end",
      unfinished("\nLet me", true, ""),
      thinker,
      "<think>\nLet me",
      "thought",
    ],
    ["an answer after a thought", unfinished("Yes", false, "```"), thinker, "<think>\nYes\n</think>\n\n```", "text"],
    [
      "an answer after a thought with its own line's end",
      unfinished("Yes\n", false, "\n\nSo"),
      thinker,
      "<think>\nYes\n</think>\n\nSo",
      "text",
    ],
    [
      "an answer alone, where the template opens",
      unfinished("", false, "So"),
      { ...thinker, opened: true },
      "</think>\n\nSo",
      "text",
    ],
    ["an answer alone, where it does not", unfinished("", false, "So"), thinker, "So", "text"],
    [
      "an answer of a model that does not think",
      unfinished("x", true, "So"),
      { ...thinker, thinks: false },
      "So",
      "text",
    ],
  ] as const)("goes on from %s", (_name, from, how, text, beginning) => {
    const resumed = resumedAnswer(from, how);
    expect(resumed.stretches.map((stretch) => stretch.text).join("")).toBe(text);
    expect(resumed.beginning).toBe(beginning);
  });
});
