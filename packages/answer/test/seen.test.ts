import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractCandidate } from "../src/index.ts";

const seen = (answer: string, finish: Parameters<typeof extractCandidate>[1] = "stop") =>
  extractCandidate(answer, finish).seen;

describe("an answer without a script is described as", () => {
  it.each([
    ["nothing at all", ""],
    ["nothing at all", " \n"],
    ["nothing at all", "<think></think>\n"],
    ["prose of 30 characters, no fence", "I would use a random forest.\n."],
    ["prose of 1 character, no fence", "x"],
    ["a thought that was never closed (2,031 characters)", `<think>${"x".repeat(2031)}`],
    ["a thought that was never closed (3 characters)", "<|channel|>analysis<|message|>hm."],
    ["a thought (3 characters) and nothing after it", "<think>hm.</think>\n"],
    ["one fenced block of bash, 8 characters of text", "First:\n\n```bash\nls\n```\n"],
    [
      "2 fenced blocks of bash and one of json, 5 characters of text",
      "So\n```bash\nls\n```\n\n```bash\npwd\n```\n\n```json\n{}\n```",
    ],
    [
      "one fenced block of bash, one of json, one of r and others, 0 characters of text",
      "```bash\na\n```\n```json\n1\n```\n```r\na\n```\n```sql\na\n```\n",
    ],
    ["one fenced block of python without a statement, 0 characters of text", "```python\n# to do\n```\n"],
    ["one fenced block of no language, 0 characters of text", "```\n0.93\n```\n"],
    ["one fenced block of nothing, 0 characters of text", "```python\n```\n"],
    ["JSON without code (9 characters)", '{"a": 12}'],
    ["a tool call without code (9 characters)", '<|channel|>commentary to=run<|message|>{"a": 12}<|call|>'],
  ])("%s", (expected, answer) => {
    expect(seen(answer)).toBe(expected);
  });

  it("something short that quotes no more than a word of it, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom("```", "\n", "<think>", "</think>", "{", "~~~"), fc.string()), {
          maxLength: 30,
        }),
        (parts) => {
          const answer = parts.join("");
          const { code, defect, seen: held = "" } = extractCandidate(answer, "stop");
          expect(held === "").toBe(code !== "");
          expect(defect === undefined).toBe(code !== "");
          expect(held.length).toBeLessThan(160);
          expect(held).not.toContain("\n");
        },
      ),
    );
  });

  it("the same where it was cut off", () => {
    expect(seen("```python\nimport os\nprint(os.get", "length")).toBe(
      "one fenced block of python that breaks off, 0 characters of text",
    );
    expect(seen("<think>hm", "length-in-thought")).toBe("a thought that was never closed (2 characters)");
  });

  it("nothing, where there is a script", () => {
    expect(extractCandidate("```python\nimport os\n```", "stop")).not.toHaveProperty("seen");
  });
});
