import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRating } from "../src/index.ts";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";

describe("parseRating", () => {
  it.each([
    ["A reason.\nValue: 7", 7],
    ["**Value:** 7.5", 7.5],
    ["value = 8/10", 8],
    ["Value: 80 / 100", 8],
    ["Score (0-10): 6", 6],
    ["My rating is 4.", 4],
    ["Value: 85%", 8.5],
    ["Value: 85", 8.5],
    ["Value: 8 out of 10", 8],
    ["I give it 9/10 because 3 features help.", 9],
    ["It uses 3 models.\n\n6\n", 6],
    ["Value: 3\nOn reflection.\nValue: 5", 5],
    ["Value: 100000", 10],
    ["Value: -3", 0],
    ["<think>Value: 2</think>\nValue: 9", 9],
    ["a thought without opener, value: 2</think>Value: 9", 9],
    ["It is likely to help.", 6],
    ["Unlikely.", 2],
    ["sure", 9],
    ["impossible", 0],
  ])("reads %j as %d", (answer, value) => {
    expect(parseRating(answer)).toBe(value);
  });

  it.each(["", "I cannot judge that.", "It trains 5 models on 10 folds.", "<think>Value: 9", "Value: high"])(
    "reads nothing in %j",
    (answer) => {
      expect(parseRating(answer)).toBeUndefined();
    },
  );

  it("never gives anything but a number from 0 to 10, or nothing", () => {
    const part = fc.constantFrom(
      "Value",
      ":",
      " ",
      "\n",
      "/",
      "10",
      "0",
      "%",
      "-",
      ".",
      "9e999",
      "<think>",
      "</think>",
      "*",
      "score",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 20 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (answer) => {
        const value = parseRating(answer);
        expect(value === undefined || (value >= 0 && value <= 10)).toBe(true);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
