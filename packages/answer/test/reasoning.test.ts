import { thoughtMarks } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Answer } from "../../backend-kit/src/index.ts";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { extractCandidate, splitReasoning } from "../src/index.ts";
import { madeUpScripts, scripts } from "./scripts.ts";
import { wrappers } from "./wrappers.ts";

const script = scripts["two lines"]!;
const python = (code: string): string => `\`\`\`python\n${code}\`\`\``;
const draft = python("x = 0\n");
const codeOf = (answer: string, finish: Parameters<typeof extractCandidate>[1] = "stop") =>
  extractCandidate(answer, finish).code;

describe.each(thoughtMarks)("a thought between $opener and $closer", ({ opener, closer }) => {
  it("is no script, whether it was opened, closed, or neither", () => {
    expect(codeOf(`${opener}\n${draft}\n${closer}\n${python(script)}`)).toBe(script);
    expect(codeOf(`I write ${draft}\n${closer}\n${python(script)}`)).toBe(script);
    expect(codeOf(`${python(script)}\n${opener}\n${draft}`)).toBe(script);
    expect(extractCandidate(`${opener}\n${draft}`, "length-in-thought")).toMatchObject({
      code: "",
      defect: "truncated",
    });
    expect(extractCandidate(`${opener}\n${draft}`, "stop")).toMatchObject({ code: "", defect: "no-code" });
  });

  it("is split off", () => {
    expect(splitReasoning(`${opener}a${closer}b`)).toEqual({ reasoning: "a", text: "b" });
    expect(splitReasoning(`a${closer}b`)).toEqual({ reasoning: "a", text: "b" });
    expect(splitReasoning(`${opener}a`)).toEqual({ reasoning: "a", text: "" });
  });

  it("is not begun by a string of the script", () => {
    const code = `import os\nopener = "${opener}"\nprint(opener, '${closer}')  # ${opener}\n`;
    expect(codeOf(python(code))).toBe(code);
    expect(codeOf(`${opener}hm ${draft}${closer}\nSo:\n${python(code)}`)).toBe(code);
    expect(codeOf(`hm ${draft}${closer}\nSo:\n${python(code)}`)).toBe(code);
    expect(codeOf(code)).toBe(code);
  });
});

describe("reasoning and text", () => {
  it.each([
    ["", "", ""],
    ["just text", "", "just text"],
    ["  text with space around it\n", "", "  text with space around it\n"],
    ["<think>a</think>b", "a", "b"],
    ["<think>a</think>b<think>c</think>d", "a\nb\nc", "d"],
    ["a</think>b</think>c", "a</think>b", "c"],
    ["<think>a<think>b</think>c</think>d", "a<think>b</think>c".replace("a", "<think>a"), "d"],
    ["b<think>a</think>", "a", "b"],
    ["b<think>a", "a", "b"],
    ["<think>a</thinking>b", "a", "b"],
    ["<think>a</thinking>b</think>c", "a</thinking>b", "c"],
    ["<think>a [THINK] b</think>c", "a [THINK] b", "c"],
    ["<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>", "a", "b"],
    ["a<|end|><|start|>assistant<|channel|>final<|message|>b", "a", "b"],
    ["<|channel|>analysis<|message|>a", "a", ""],
    ["<|channel|>analysis<|message|>a<|end|><|channel|>final<|message|>b", "a", "b"],
    ["<|channel|>analysis<|message|>a<|end|>so<|start|>assistant<|channel|>final<|message|>b", "a\nso", "b"],
    ["<|channel|>analysis<|message|>a<|channel|>final<|message|>b", "a", "b"],
    ["<|channel|>commentary<|message|>a<|end|>", "", "a"],
    [
      "<|channel|>final<|message|>b<|return|><|start|>user<|message|>c<|end|><|start|>functions.run to=assistant<|channel|>commentary<|message|>d",
      "c\nd",
      "b",
    ],
    ["analysisWe need it.assistantfinalIt is so.", "We need it.", "It is so."],
  ])("of %j", (answer, reasoning, text) => {
    expect(splitReasoning(answer)).toEqual({ reasoning, text });
  });
});

describe("code that was only thought of is never taken:", () => {
  it.each([
    ["analysis that breaks off", `<|channel|>analysis<|message|>I do\n${draft}`, "length-in-thought"],
    ["analysis without an answer", `<|channel|>analysis<|message|>I do\n${draft}<|end|>`, "stop"],
    [
      "analysis before an empty answer",
      `<|channel|>analysis<|message|>${draft}<|end|><|start|>assistant<|channel|>final<|message|>`,
      "stop",
    ],
    ["a thought before prose", `<think>${draft}</think>I cannot.`, "stop"],
    ["a thought that closes twice", `<think>${draft}</think>and\n${draft}</think>I cannot.`, "stop"],
    [
      "a tool's made-up result",
      `<|channel|>final<|message|>No.<|end|><|start|>python to=assistant<|channel|>commentary<|message|>${draft}`,
      "stop",
    ],
  ] as const)("%s", (_name, answer, finish) => {
    expect(codeOf(answer, finish)).toBe("");
  });
});

describe("a script between two thoughts", () => {
  it("is taken where the text behind them has none", () => {
    expect(codeOf(`<think>a</think>${python(script)}<think>Is it right?</think>It is.`)).toBe(script);
    expect(codeOf(`<think>a</think>${draft}<think>No.</think>${python(script)}`)).toBe(script);
  });
});

describe("an answer that comes in pieces", () => {
  const cut = (text: string, at: readonly number[]): readonly string[] => {
    const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
    return [0, ...places].map((from, index) => text.slice(from, places[index]));
  };
  const streamed = (answer: string, at: readonly number[]): Answer => {
    const stream = new Answer("open", []);
    for (const chunk of cut(answer, at)) stream.push(chunk, 1);
    stream.end();
    return stream;
  };
  const thoughts = fc.constantFrom("hm", "Let me see.\n\n", draft, 'a `b` "c" it\'s', "so # no", "");
  const forms = fc.constantFrom("whole", "unopened", "none");

  it("has the script that it has as a whole, wherever it is cut", () => {
    const code = fc.oneof(fc.constantFrom(...Object.values(scripts)), madeUpScripts);
    const wrapper = fc
      .constantFrom(...Object.values(wrappers))
      .filter(({ wrap }) => !wrap("x").includes("channel|>") && !wrap("x").startsWith("analysis"));
    fc.assert(
      fc.property(
        code,
        wrapper,
        fc.constantFrom(...thoughtMarks),
        thoughts,
        forms,
        fc.array(fc.nat(), { maxLength: 9 }),
        (written, { wrap }, { opener, closer }, thought, form, at) => {
          const before = { whole: `${opener}${thought}${closer}\n`, unopened: `${thought}${closer}\n`, none: "" }[form];
          const answer = `${before}${wrap(written)}`;
          // Before it ends, a string of an unfenced script cannot be distinguished from prose.
          fc.pre(
            !written.includes("think>") ||
              form === "whole" ||
              answer.includes(`\`\`\`python\n${written.split("\n", 1)[0]}`),
          );
          expect(extractCandidate(answer, "stop").code).toBe(written);
          expect(extractCandidate(streamed(answer, at).text, "stop").code).toBe(written);
        },
      ),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it("is split as it is as a whole", () => {
    const text = fc.constantFrom("b", "So it is.\n", python(script), "a < b", "");
    fc.assert(
      fc.property(
        fc.constantFrom(...thoughtMarks),
        thoughts,
        text,
        forms,
        fc.array(fc.nat(), { maxLength: 9 }),
        ({ opener, closer }, thought, written, form, at) => {
          const answer = {
            whole: `${opener}${thought}${closer}${written}`,
            unopened: `${thought}${closer}${written}`,
            none: written,
          }[form];
          const stream = streamed(answer, at);
          const whole = splitReasoning(answer);
          expect({ reasoning: stream.reasoning.trim(), text: stream.text.trim() }).toEqual({
            reasoning: whole.reasoning,
            text: whole.text.trim(),
          });
        },
      ),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
