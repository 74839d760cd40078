import { describe, expect, it } from "vitest";
import { extractCandidate, splitReasoning } from "../src/index.ts";

const megabyte = 1_000_000;
/** Of the processor, which others on the machine do not take; what grows with the square takes minutes. */
const seconds = 10;

/** As a generator of random numbers gives them, of an alphabet. */
const random = (alphabet: readonly string[]): string => {
  let [state, text] = [1, ""];
  while (text.length < megabyte) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += alphabet[(state >> 8) % alphabet.length];
  }
  return text;
};

const repeated = (part: string): string => part.repeat(Math.ceil(megabyte / part.length));

const garbage: Readonly<Record<string, string>> = {
  "line ends": repeated("\n"),
  spaces: repeated(" "),
  "lines of spaces": repeated(`${" ".repeat(60)}\n`),
  words: repeated("a "),
  prose: repeated("Here is my plan to do it well, and then some more of it.\n"),
  "a script": repeated("x = f(a, b=3)\nfor i in range(10):\n    print(i)\n"),
  "a script in a fence": `\`\`\`python\nimport os\n${repeated("x = f(a, b=3)\n")}\`\`\``,
  "ten scripts in fences": repeated(`\`\`\`python\nimport os\n${"x = f(a, b=3)\n".repeat(7000)}\`\`\`\n`),
  fences: repeated("```\n"),
  "fences with a word": repeated("```python\n"),
  "fences in quotes": repeated("> > > ```py\n"),
  "fences with code": repeated("```python\nimport a\nb = a.c\n```\n"),
  "fences with broken code": repeated("```python\nimport a\nb = (a.c\n```\n"),
  "fences, each longer": Array.from({ length: 1400 }, (_, at) => `${"`".repeat(at + 3)}\nx = 1\n`).join(""),
  braces: repeated("{"),
  "braces and quotes": repeated('{"'),
  "objects that break off": repeated('{"code": "import os'),
  "objects in objects": repeated('{"a":'),
  backslashes: `{"code": "${repeated("\\")}`,
  quotes: repeated('"'),
  "long strings": repeated('"""\n'),
  parentheses: repeated("("),
  minus: repeated("-"),
  tags: repeated("<a>"),
  "tags that nothing closes": repeated("<python>import os\n"),
  "thought openers": repeated("<think>"),
  "thought closers": repeated("</think>"),
  "thought marks of two kinds": repeated("<think></thinking>"),
  "thought marks in strings": `\`\`\`python\nimport os\n${repeated('x = "<think>"\n')}\`\`\``,
  "thought marks in strings of many blocks": repeated('```python\nimport os\nx = "</think>"\n```\n'),
  channels: repeated("<|channel|>final<|message|>"),
  "ends of turns": repeated('"<|im_end|>"'),
  "special tokens": repeated("<|a|>"),
  prompts: repeated(">>> x = 1\n"),
  entities: repeated("&lt;"),
  "smart quotes": `\`\`\`python\n${repeated("print(“x”)\n")}\`\`\``,
  "brackets and stars": repeated("[*"),
  noise: random(["a", " ", "(", ")", "[", "]", ":", "'", '"', "\n", "\t", "=", "#", "`", "<", ">", "{", "}", "|"]),
  "noise of pieces": random([
    "```",
    "```python\n",
    "\n",
    "import os\n",
    "<think>",
    "</think>",
    '{"code": "',
    '"}',
    "<a>",
    "</a>",
    ">>> ",
    "x = 1\n",
  ]),
};

describe("a megabyte of garbage is read in seconds", () => {
  it.each(Object.entries(garbage))("%s", { timeout: 60_000 }, (_name, answer) => {
    const began = process.cpuUsage();
    const { code, defect } = extractCandidate(answer, "length");
    expect(code === "").toBe(defect !== undefined);
    splitReasoning(answer);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(seconds);
  });
});
