import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractCandidate, parses, splitReasoning } from "../src/index.ts";

const script = "import os\nprint(os.getcwd())\n";
const fenced = (code: string, info = "python") => `\`\`\`${info}\n${code}\`\`\``;

describe("a script is taken from", () => {
  it.each([
    ["one block", `A plan.\n\n${fenced(script)}`, "A plan."],
    ["a block without a name", fenced(script, ""), ""],
    ["an unclosed block that parses", `A plan.\n\`\`\`python\n${script}`, "A plan."],
    ["the last of two blocks", `First:\n${fenced("x = 1\n")}\nBetter:\n${fenced(script)}`, "First:"],
    ["the block before a shell command", `${fenced(script)}\nRun it:\n${fenced("pip install numpy\n", "bash")}`, ""],
    ["the last block that parses, where a later one does not", `${fenced(script)}\n${fenced("def broken(:\n")}`, ""],
    ["a block inside a block of prose", `\`\`\`python\nHere is my plan: load, fit.\n${fenced(script)}\n\`\`\``, ""],
    ["an answer that is a script and nothing else", script, ""],
    ["a block in a list item", `1. do it\n   \`\`\`python\n   import os\n   print(os.getcwd())\n   \`\`\``, "1. do it"],
    ["a block with tildes", `~~~python\n${script}~~~`, ""],
    ["behind a thought", `<think>\n${fenced("x = 0\n")}\n</think>\n${fenced(script)}`, ""],
    ["behind a thought without an opener", `${fenced("x = 0\n")}\n</think>\n${fenced(script)}`, ""],
    ["lines that end with CRLF", `\`\`\`python\r\n${script.replaceAll("\n", "\r\n")}\`\`\`\r\n`, ""],
  ])("%s", (_name, answer, plan) => {
    expect(extractCandidate(answer, "stop")).toEqual({ plan, code: script });
  });
});

describe("no script is taken from", () => {
  it.each([
    ["an empty answer", "", "stop", "no-code"],
    ["prose", "I would use a random forest.", "stop", "no-code"],
    ["a thought that never ends", `<think>\n${fenced(script)}`, "length-in-thought", "truncated"],
    ["a block that was cut off in mid-statement", "```python\nimport os\nprint(os.get", "length", "truncated"],
    [
      "a block that repeats itself and does not parse",
      `\`\`\`python\n${"x = [1, 2,\n".repeat(50)}`,
      "repetition",
      "repetition",
    ],
    ["a block of output", fenced("score: 0.3\n", "text"), "stop", "no-code"],
  ] as const)("%s", (_name, answer, finish, defect) => {
    expect(extractCandidate(answer, finish)).toMatchObject({ code: "", defect });
  });
});

describe("whatever a model answers", () => {
  const pieces = fc.constantFrom(
    "```",
    "```python\n",
    "\n```\n",
    "<think>",
    "</think>",
    "x = 1\n",
    "import os\n",
    "prose ",
    "\r\n",
    "~~~\n",
    "    ",
    "🙂",
    "\0",
  );
  const answers = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 40 }).map((parts) => parts.join("")),
  );

  it("is read without an exception, and either has code or says why not", () => {
    fc.assert(
      fc.property(
        answers,
        fc.constantFrom("stop", "length", "repetition", "length-in-thought" as const),
        (answer, finish) => {
          const { code, defect } = extractCandidate(answer, finish);
          expect(code === "").toBe(defect !== undefined);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("never gives text from inside a thought", () => {
    fc.assert(
      fc.property(answers, answers, (before, after) => {
        const thought = `secret_name = 42\n${before}`.replaceAll("</think>", "").replaceAll("<think>", "");
        const answered = after.replaceAll(/<\/?think>/g, "");
        const { code, plan } = extractCandidate(`<think>${thought}</think>${answered}`, "stop");
        expect(`${code}${plan}`).not.toContain("secret_name");
      }),
      { numRuns: 1000 },
    );
  });

  it("splits into parts that were there", () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const { reasoning, text } = splitReasoning(answer);
        for (const line of reasoning.split("\n")) expect(answer).toContain(line);
        expect(answer).toContain(text);
      }),
    );
  });
});

describe("parsing", () => {
  it.each([
    "x = f'{a:>{w}}'",
    "match x:\n    case 1:\n        pass",
    "async def f():\n    await g()",
    "print(*a, **b)",
    "if (n := 3) > 2: pass",
    "def f(a, /, b, *, c): ...",
    "x: list[int] = []",
  ])("accepts %j", (code) => {
    expect(parses(code)).toBe(true);
  });

  it.each(["def f(:", "x = [1, 2", "print 'a' 'b' x", "for in y:", "Here is my plan: do it well."])(
    "refuses %j",
    (code) => {
      expect(parses(code)).toBe(false);
    },
  );
});
