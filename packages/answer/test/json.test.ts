import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../src/blocks/relaxed-json.ts";
import { extractCandidate } from "../src/index.ts";
import { madeUpScripts } from "./scripts.ts";

const script = `import os\nprint("a", 'b', os.getcwd())\n`;
const escaped = JSON.stringify(script);
const read = (text: string) => readJson(text, 0);

describe("JSON as models write it", () => {
  it("is read as any other where it is JSON", () => {
    const value = fc.jsonValue().filter((one) => typeof one === "object" && one !== null);
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (given, indentation) => {
        const text = JSON.stringify(given, undefined, indentation);
        expect(read(text)).toEqual({ value: JSON.parse(text), end: text.length, closed: true });
      }),
    );
  });

  it.each([
    ['{"a": "b\nc"}', { a: "b\nc" }],
    ["{'a': 'it\\'s', 'b': True, 'c': None}", { a: "it's", b: true, c: null }],
    ['{"a": """b "c"\n\\n""", "d": 1}', { a: 'b "c"\n\\n', d: 1 }],
    ["{a: `b`, 'c-d': [1, 2,],}", { a: "b", "c-d": [1, 2] }],
    ['{a:<|"|>b "c"<|"|>}', { a: 'b "c"' }],
    ['{"a": "say "so" to"}', { a: 'say "so" to' }],
    [String.raw`{"a": "\d\u0041\/"}`, { a: String.raw`\dA/` }],
  ])("%s", (text, value) => {
    expect(read(text)).toMatchObject({ value, closed: true });
  });

  it.each([
    ['{"a": "b', { a: "b" }],
    ['{"a": "b", "c', { a: "b" }],
    ['{"a": {"b": ["c', { a: { b: ["c"] } }],
    ['[1, {"a"', [1, {}]],
  ])("%s, broken off", (text, value) => {
    expect(read(text)).toEqual({ value, end: text.length, closed: false });
  });

  it.each(["{x}", "{a + b}", "[i for i in x]", '{"a" "b"}', "{1: 2, 3}x", `${"[".repeat(30)}1`, '"a"', "1", ""])(
    "not %s",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it("is read without an exception, whatever it is", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      ":",
      ",",
      "\\",
      "a",
      "1",
      '"""',
      " ",
      "\n",
      "`",
      "null",
      '<|"|>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }), (parts) => {
        const text = `{${parts.join("")}`;
        const found = read(text);
        expect(found === undefined || found.end <= text.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a script is taken from", () => {
  it.each([
    ["a field of any name, if it is a script", `{"x": 1, "final": ${escaped}}`],
    ["a list of lines", JSON.stringify({ code: script.trimEnd().split("\n") })],
    ["the input of an agent", `{"action": "Final Answer", "action_input": ${escaped}}`],
    ["an object with line ends as they are", `{"code": "${script.replaceAll('"', '\\"')}"}`],
    ["an object of Python", `{'code': '${script.replaceAll("'", "\\'").replaceAll("\n", "\\n")}'}`],
    ["an object with three quotes", `{"code": """${script}"""}`],
    ["an object whose quotes are not escaped", `So: {"plan": "a", "code": "${script.replaceAll("\n", "\\n")}"}`],
    ["an object whose line ends are escaped twice", `{"code": ${JSON.stringify(script.replaceAll("\n", "\\n"))}}`],
    [
      "an object in an object in a string",
      JSON.stringify({ arguments: JSON.stringify({ arguments: JSON.stringify({ code: script }) }) }),
    ],
    ["an object that breaks off behind the code", `{"code": ${escaped}, "expl`],
    ["a broken fence of JSON", `\`\`\`json\n{"code": ${escaped}`],
  ])("%s", (_name, answer) => {
    expect(extractCandidate(answer, "stop").code).toBe(script);
  });

  it("cells of a notebook, joined", () => {
    const cells = ["import numpy as np\n", "x = np.zeros(3)\n", "print(x)\n"].map((source) => ({
      cell_type: "code",
      source: [source],
    }));
    expect(extractCandidate(JSON.stringify({ cells }), "stop").code).toBe(
      "import numpy as np\n\nx = np.zeros(3)\n\nprint(x)\n",
    );
  });

  it("several calls of a tool: the last whole one, or all that build on each other", () => {
    const call = (code: string) => `<tool_call>${JSON.stringify({ name: "python", arguments: { code } })}</tool_call>`;
    const whole = 'import pandas as pd\npd.read_csv("a").to_csv("b")\n';
    expect(extractCandidate(`${call("import os\nprint(os.listdir())\n")}\n${call(whole)}`, "stop").code).toBe(whole);
    const [load, write] = ['import pandas as pd\nd = pd.read_csv("a")\n', 'd.to_csv("b")\n'];
    expect(extractCandidate(`${call(load)}\n${call(write)}`, "stop").code).toBe(`${load}\n${write}`);
  });
});

describe("no script is taken from", () => {
  it.each([
    ["JSON without code", '{"name": "python", "arguments": {"query": "how to import pandas"}}'],
    ["names of files", '{"files": ["a.py", "b.py"]}'],
    ["code that breaks off", `{"code": "import os\\nprint(os.get`],
    ["a short expression", '{"x": "f(1)"}'],
  ])("%s", (_name, answer) => {
    expect(extractCandidate(answer, "length")).toMatchObject({ code: "", defect: "truncated" });
  });
});

describe("a script in JSON", () => {
  it("comes out as it went in, however its quotes are written", () => {
    fc.assert(
      fc.property(madeUpScripts, fc.constantFrom("code", "script", "answer", "x"), (code, key) => {
        const encoded = JSON.stringify({ [key]: code });
        expect(extractCandidate(encoded, "stop").code).toBe(code);
        expect(extractCandidate(encoded.replaceAll("\\n", "\n"), "stop").code).toBe(code);
      }),
    );
  });
});
