import type { Execution } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { failedExecution, withoutCode } from "../../src/engine/feedback.ts";

const ended = (part: Partial<Execution>): Execution => ({
  id: "x",
  fate: "exception",
  output: "",
  seconds: 1,
  artifacts: [],
  ...part,
});
const frame = (line: number, source: string) => ({ file: "runfile.py", line, function: "<module>", source });

describe("the feedback on a script", () => {
  it("that would end at an undefined name: each line that reads one, once, and no output", () => {
    const exception = {
      type: "NameError",
      message: "names 'X', 'y' are not defined",
      beforeRun: true as const,
      frames: [frame(4, "  z = X + 1"), frame(9, "model.fit(X, y)"), frame(9, "model.fit(X, y)")],
    };
    expect(failedExecution(ended({ exception, output: "File runfile.py …" }))).toEqual({
      valid: false,
      cause: "static-check",
      scores: [],
      feedback:
        "NameError: names 'X', 'y' are not defined\nline 4: z = X + 1\nline 9: model.fit(X, y)\nThe script was not run.",
    });
  });

  it("that raised: the exception, its own line, and what it printed before", () => {
    const exception = {
      type: "ValueError",
      message: "bad",
      frames: [frame(3, "f()"), { file: "/lib/pandas.py", line: 1, function: "g", source: "raise" }],
    };
    const output = "rows: 3\nTraceback (most recent call last):\n  a\nValueError: bad\n";
    expect(failedExecution(ended({ exception, output }))?.feedback).toBe(
      "ValueError: bad\nraised by line 3: f()\nIts output ended with:\nrows: 3",
    );
  });

  it("that raised because of another exception: not the tracebacks of either", () => {
    const output = [
      "rows: 3",
      "Traceback (most recent call last):",
      "  deep in pandas",
      "KeyError: 'y'",
      "",
      "The above exception was the direct cause of the following exception:",
      "",
      "Traceback (most recent call last):",
      "  a",
      "KeyError: 'y'",
    ].join("\n");
    const exception = { type: "KeyError", message: "'y'", frames: [frame(3, "test['y']")] };
    expect(failedExecution(ended({ exception, output }))?.feedback).toBe(
      "KeyError: 'y'\nraised by line 3: test['y']\nIts output ended with:\nrows: 3",
    );
  });

  it.each([
    ["timeout", "stopped after 7 seconds", "timeout"],
    ["out-of-memory", "ran out of memory", "out-of-memory"],
    ["crash", "process died", "crash"],
    ["lost", "process died", "crash"],
  ] as const)("whose fate was %s", (fate, feedback, cause) => {
    const verdict = failedExecution(ended({ fate, seconds: 7 }));
    expect(verdict?.cause).toBe(cause);
    expect(verdict?.feedback).toContain(feedback);
  });

  it("that ended well: nothing, evaluators judge it", () => {
    expect(failedExecution(ended({ fate: "ok" }))).toBeUndefined();
  });
});

describe("the feedback on an answer without a script", () => {
  it.each([
    ["no-code", "2 fenced blocks of bash", "The answer held no Python code block: it had 2 fenced blocks of bash."],
    ["no-code", undefined, "The answer held no Python code block."],
    [undefined, undefined, "The answer held no Python code block."],
    ["truncated", "prose", "The answer was cut off before its code was complete. Write a shorter answer."],
    ["repetition", "prose", "The answer repeated itself without end and was cut off."],
  ])("for %s, with %j in it", (defect, seen, feedback) => {
    const candidate = {
      plan: "",
      code: "",
      ...(defect === undefined ? {} : { defect }),
      ...(seen === undefined ? {} : { seen }),
    };
    expect(withoutCode(candidate)).toEqual({ valid: false, cause: defect ?? "no-code", scores: [], feedback });
  });
});
