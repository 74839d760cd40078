import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractCandidate, splitReasoning } from "../src/index.ts";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";

const finishes = fc.constantFrom(
  "stop",
  "length",
  "length-in-thought",
  "repetition",
  "aborted",
  "thought-end",
  "stop-sequence",
);

const pieces = fc.oneof(
  fc.constantFrom(
    "```python\n",
    "```\n",
    "\n```",
    "```py",
    "~~~\n",
    "    ```python\n",
    "````python\n",
    "import os\n",
    "x = 1\n",
    "def f(:\n",
    'text = """\n',
    "\t",
    "\r\n",
    "\n\n",
    "🙂",
    "\u0000",
    "\u2028",
    "1. ",
    "class A:\n    pass\n",
    "print('hm')\n",
    "=== assistant\n",
    "{{slot}}",
    "<b>",
    "</",
    "<thin",
    "k>",
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("").replaceAll(/<\/?think>/g, "|"));

/** Nobody says this aloud. */
const secret = "THOUGHT";

/** A mark in a string or a comment of code marks nothing, so there is neither here; other tests are about those. */
const unquoted = text.map((written) => written.replaceAll(/["'#]/g, "|"));
const thought = fc.tuple(unquoted, unquoted).map(([before, after]) => `${before}${secret}${after}`);

/** An answer of text and thought parts: the first thought may lack its opener, the last its closer, as templates and limits do. */
const answers = fc
  .record({
    parts: fc.array(fc.record({ thought, spoken: unquoted }), { minLength: 1, maxLength: 3 }),
    lead: unquoted,
    unopened: fc.boolean(),
    unclosed: fc.boolean(),
  })
  .map(({ parts, lead, unopened, unclosed }) =>
    parts
      .map(({ thought: inner, spoken }, at) => {
        const opener = at === 0 && unopened ? "" : `${at === 0 ? lead : ""}<think>`;
        const closer = at === parts.length - 1 && unclosed && !(at === 0 && unopened) ? "" : "</think>";
        return `${opener}${inner}${closer}${closer === "" ? "" : spoken}`;
      })
      .join(""),
  );

describe("whatever a model answers, and wherever it breaks off", () => {
  it("no text from inside a thought is given, and nothing throws", () => {
    fc.assert(
      fc.property(answers, finishes, (answer, finish) => {
        const { plan, code } = extractCandidate(answer, finish);
        expect(plan).not.toContain(secret);
        expect(code).not.toContain(secret);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it("a script is never empty without a reason, and no line of it is made up", () => {
    fc.assert(
      fc.property(text, finishes, (answer, finish) => {
        const { code, defect } = extractCandidate(answer, finish);
        expect(code === "").toBe(defect !== undefined);
        for (const line of code.split(/\r?\n/)) expect(answer).toContain(line.trim());
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it("thought and text together hold what was answered, in order", () => {
    fc.assert(
      fc.property(text, text, (thought_, answered) => {
        const { reasoning, text: rest } = splitReasoning(`<think>${thought_}</think>${answered}`);
        expect(reasoning).toBe(thought_.trim());
        expect(rest).toBe(answered.trim());
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
