import { describe, expect, it } from "vitest";
import { continued } from "../src/call/continuation.ts";
import { ask, call, failureOf, open, thinkingShow, write, type Behaviour } from "./fake-ollama.ts";

const begun = { reasoning: "The user wants a city. ", thinking: true, text: "" };
const chat = "<|im_start|>user\nName a city.<|im_end|>\n<|im_start|>assistant\n";

const thinkingFake = (first: readonly string[], second: readonly string[], more: object = {}): Behaviour => ({
  show: thinkingShow,
  answer: (asked, reply, number) => write(asked, reply, number === 1 ? first : second, more),
});

describe("an unfinished answer", () => {
  it("is gone on with behind the prompt that the server renders", async () => {
    await using opened = await open({ answer: (asked, reply) => write(asked, reply, ["pandas", " as pd"]) });
    expect((await opened.backend.capabilities(call().signal)).has).toEqual(["jsonSchema", "continuation"]);
    const continueFrom = { reasoning: "", thinking: false, text: "```python\nimport " };
    const made = await opened.backend.generate(ask("Name a city.", { continueFrom }), call());
    expect(made).toMatchObject({ text: "pandas as pd", reasoning: "", usage: { prompt: 20, answer: 3 } });
    expect(opened.server.answers).toEqual([
      {
        path: "/api/generate",
        body: expect.objectContaining({ raw: true, think: false, truncate: false, shift: false }),
      },
    ]);
    expect(opened.server.answers[0]?.body.prompt).toBe(`${chat}\`\`\`python\nimport `);
    expect(opened.server.answers[0]?.body.options?.num_predict).toBe(100);
  });

  it("with nothing in it is a call as any other", async () => {
    await using opened = await open();
    const continueFrom = { reasoning: "", thinking: false, text: "" };
    await opened.backend.generate(ask("Hi", { continueFrom }), call());
    expect(opened.server.answers[0]?.path).toBe("/api/chat");
  });

  it("is neither claimed nor done where the server does not render", async () => {
    await using opened = await open({ renders: false });
    expect((await opened.backend.capabilities(call().signal)).has).toEqual(["jsonSchema"]);
    const failure = await failureOf(
      opened.backend.generate(ask("Hi", { continueFrom: { reasoning: "", thinking: false, text: "a" } }), call()),
    );
    expect(failure).toMatchObject({ code: "AIDE_CONTINUATION_UNSUPPORTED", fault: "plugin" });
  });

  it("in thought goes on in thought", async () => {
    await using opened = await open(thinkingFake(["So ", "Paris.\n", "</think>", "\n\nParis"], []));
    expect((await opened.backend.capabilities(call().signal)).has).toEqual([
      "jsonSchema",
      "continuation",
      "thoughtBudget",
    ]);
    const made = await opened.backend.generate(ask("Name a city.", { continueFrom: begun }), call());
    expect(opened.server.answers[0]?.body.prompt).toBe(`${chat}<think>\n${begun.reasoning}`);
    expect(made).toMatchObject({ reasoning: "So Paris.\n", text: "\n\nParis", finish: "stop" });
    expect(made.usage).toMatchObject({ reasoning: 4, answer: 1, estimated: false });
  });

  it.each([
    ["", { reasoning: "r", thinking: false, text: "t" }, "<think>\nr\n</think>\n\nt"],
    ["", { reasoning: "r\n", thinking: false, text: "\nt" }, "<think>\nr\n</think>\nt"],
    ["", { reasoning: "\nr", thinking: true, text: "" }, "<think>\nr"],
    ["<think>\n", { reasoning: "r", thinking: true, text: "" }, "<think>\nr"],
    ["<think>\n", { reasoning: "", thinking: false, text: "t" }, "<think>\n</think>\n\nt"],
    ["", { reasoning: "", thinking: false, text: "t" }, "t"],
  ])("is written as the model's own would be (%#)", (opening, unfinished, expected) => {
    expect(continued(opening, unfinished, true).text).toBe(expected);
    expect(continued(opening, unfinished, true).beginning).toBe(unfinished.thinking ? "thought" : "text");
    expect(continued("", { ...unfinished }, false)).toEqual({ text: unfinished.text, beginning: "text" });
  });
});

describe("a thought budget", () => {
  const thoughts = Array.from({ length: 30 }, (_, index) => ({ thinking: ` t${index}` }));

  it("cuts the thought, closes it, and lets the model answer", async () => {
    await using opened = await open({
      show: thinkingShow,
      answer: (asked, reply, number) =>
        number === 1
          ? write(asked, reply, thoughts)
          : write(asked, reply, ["Pa", "ris"], { prompt_eval_count: 40, eval_count: 3 }),
    });
    const made = await opened.backend.generate(
      ask("Name a city.", { maxThoughtTokens: 6 }),
      call({ grantedTokens: 50 }),
    );
    expect(made).toMatchObject({ reasoning: " t0 t1 t2 t3 t4 t5", text: "Paris", finish: "stop" });
    const [, second] = opened.server.answers;
    expect(second?.path).toBe("/api/generate");
    expect(second?.body.prompt).toBe(`${chat}<think>\n t0 t1 t2 t3 t4 t5\n</think>\n\n`);
    expect(second?.body.options?.num_predict).toBe(50 - 6 - 4);
    expect(made.usage).toEqual({ prompt: 30, cached: 0, reasoning: 10, answer: 3, estimated: true });
  });

  it("counts on where the thought was begun before, and keeps what was thought then", async () => {
    await using opened = await open(thinkingFake(["a", "b", "c", "d"], ["Paris"]));
    const request = ask("Name a city.", { continueFrom: begun, maxThoughtTokens: 2 });
    const made = await opened.backend.generate(request, call());
    expect(made).toMatchObject({ reasoning: "ab", text: "Paris" });
    expect(opened.server.answers[1]?.body.prompt).toBe(`${chat}<think>\n${begun.reasoning}ab\n</think>\n\n`);
  });

  it("does not close a thought where no room is left for an answer", async () => {
    await using opened = await open({ show: thinkingShow, answer: (asked, reply) => write(asked, reply, thoughts) });
    const made = await opened.backend.generate(ask("Hi", { maxThoughtTokens: 6 }), call({ grantedTokens: 9 }));
    expect(made).toMatchObject({ finish: "length-in-thought", text: "" });
    expect(opened.server.answers.length).toBe(1);
  });

  it("that fills the context with its end is no error", async () => {
    await using opened = await open({
      show: thinkingShow,
      answer: (asked, reply, number) =>
        number === 1
          ? write(asked, reply, thoughts)
          : reply.refuse(400, '{"error":"the input length exceeds the context length"}'),
    });
    const made = await opened.backend.generate(ask("Hi", { maxThoughtTokens: 6 }), call());
    expect(made).toMatchObject({ finish: "length", text: "", reasoning: " t0 t1 t2 t3 t4 t5" });
  });

  it("pauses the call where that is asked for", async () => {
    await using opened = await open({ show: thinkingShow, answer: (asked, reply) => write(asked, reply, thoughts) });
    const request = ask("Hi", { maxThoughtTokens: 6, pauseAfterThought: true });
    const made = await opened.backend.generate(request, call());
    expect(made).toMatchObject({
      finish: "thought-end",
      text: "",
      usage: { reasoning: 6, answer: 0, estimated: true },
    });
  });

  it.each([
    ["by the server", [{ thinking: "Hm" }, "Paris", "."]],
    ["by its tag", ["<think>", "Hm", "</think>", "Paris", "."]],
  ])("or the thought's own end, shown %s", async (_how, pieces) => {
    await using opened = await open({ show: thinkingShow, answer: (asked, reply) => write(asked, reply, pieces) });
    const made = await opened.backend.generate(ask("Hi", { pauseAfterThought: true }), call());
    expect(made).toMatchObject({ finish: "thought-end", reasoning: "Hm", text: "" });
  });

  it("is none of models that do not think", async () => {
    await using opened = await open({ answer: (asked, reply) => write(asked, reply, ["a", "b", "c"]) });
    const request = ask("Hi", { maxThoughtTokens: 1, pauseAfterThought: true });
    expect(await opened.backend.generate(request, call())).toMatchObject({ finish: "stop", text: "abc" });
  });

  it("is not claimed of a model that is not let think", async () => {
    await using opened = await open({ show: thinkingShow }, { think: false });
    expect((await opened.backend.capabilities(call().signal)).has).toEqual(["jsonSchema", "continuation"]);
  });

  it("is claimed where only the rendering shows the tags", async () => {
    await using opened = await open({ show: { ...thinkingShow, template: "{{ .Prompt }}", renderer: "qwen3" } });
    expect((await opened.backend.capabilities(call().signal)).has).toContain("thoughtBudget");
  });

  it("ends before the schema holds", async () => {
    const schema = { type: "object" };
    await using opened = await open(thinkingFake(["hm", "</think>"], ["{}"]));
    const made = await opened.backend.generate(ask("Hi", { continueFrom: begun, schema }), call());
    expect(made).toMatchObject({ reasoning: "hm", text: "{}", finish: "stop" });
    expect(opened.server.answers.map(({ body }) => body.format)).toEqual([undefined, schema]);
  });
});
