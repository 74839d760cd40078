import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Answer } from "../../src/answer/answer.ts";

const read = (answer: Answer, chunks: readonly string[]) => {
  const shown = chunks.flatMap((chunk) => answer.push(chunk, 1));
  shown.push(...answer.end());
  return shown;
};

describe("Answer", () => {
  it("ends the text before the first stop string, wherever chunks are cut, and shows no part of it", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom("STOP", "ENDE", "ST", "EN"),
            fc.string({ unit: fc.constantFrom("a", ..."STOPEND"), maxLength: 4 }),
          ),
          { maxLength: 12 },
        ),
        (chunks) => {
          const answer = new Answer("text", ["STOP", "END"]);
          const shown = read(answer, chunks);
          const whole = chunks.join("");
          const expected = whole.split(/STOP|END/)[0];
          expect(answer.text).toBe(expected);
          expect(shown.map((piece) => piece.text).join("")).toBe(expected);
          expect(answer.stopped !== undefined).toBe(whole !== expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("does not look for stop strings in reasoning", () => {
    const answer = new Answer("open", ["STOP"]);
    read(answer, ["<think>", "a STOP b", "</think>", "text ST", "OP rest"]);
    expect(answer).toMatchObject({ reasoning: "a STOP b", text: "text ", stopped: "STOP" });
  });

  it("counts a tag as reasoning and every token once", () => {
    const answer = new Answer("open", []);
    read(answer, ["<think>", "a", "b", "</think>", "x", "y"]);
    expect(answer.tokens).toEqual({ reasoning: 4, text: 2 });
  });

  it("makes reasoning of what came before a closer without an opener", () => {
    const answer = new Answer("open", ["STOP"]);
    read(answer, ["let me", " see", "</think>", "done"]);
    expect(answer).toMatchObject({ reasoning: "let me see", text: "done", tokens: { reasoning: 3, text: 1 } });
  });
});
