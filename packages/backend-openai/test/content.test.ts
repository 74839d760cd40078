import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OpenAiBackend, options } from "../src/index.ts";
import { readChunk } from "../src/protocol/chunk.ts";
import { readContent } from "../src/protocol/content.ts";
import { ask, call, host, recordingContents } from "./fake.ts";

const thinking = (text: string) => ({ type: "thinking", thinking: [{ type: "text", text }] });
const text = (written: string) => ({ type: "text", text: written });

describe("content of a message", () => {
  it.each([
    ["text", "so", "so", ""],
    ["nothing", null, "", ""],
    ["parts of text", [text("a"), text("b")], "ab", ""],
    ["parts of output", [{ type: "output_text", text: "a", annotations: [] }], "a", ""],
    ["a message of parts", [{ type: "message", content: [{ type: "output_text", text: "a" }] }], "a", ""],
    ["a lone part", text("a"), "a", ""],
    ["texts alone", ["a", "b"], "ab", ""],
    ["a thought of Mistral", [thinking("hm"), text("so")], "so", "hm"],
    ["a thought that is text", [{ type: "thinking", thinking: "hm", signature: "x" }, text("so")], "so", "hm"],
    ["thoughts between texts", [text("a"), thinking("b"), text("c"), thinking("d")], "ac", "bd"],
    ["reasoning with text", [{ type: "reasoning", text: "hm" }, text("so")], "so", "hm"],
    ["reasoning with a summary", [{ type: "reasoning", summary: [{ type: "summary_text", text: "hm" }] }], "", "hm"],
    ["reasoning with content", [{ type: "reasoning", content: [{ type: "reasoning_text", text: "hm" }] }], "", "hm"],
    ["what is hidden", [{ type: "redacted_thinking", data: "x" }, text("so")], "so", ""],
    [
      "what is no text",
      [
        { type: "image_url", image_url: { url: "x" } },
        { type: "refusal", refusal: "no" },
      ],
      "",
      "",
    ],
    ["a part without a text", [{ type: "text" }, {}, 7, null, [[[[[["deep"]]]]]]], "", ""],
  ])("%s", (_name, content, shown, reasoning) => {
    expect(readContent(content)).toEqual({ text: shown, reasoning });
  });

  it("is read whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (content) => {
        const read = readContent(content);
        expect(typeof read.text).toBe("string");
        expect(typeof read.reasoning).toBe("string");
      }),
    );
  });

  it("gives as much in pieces as at once", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string().map(text), fc.string().map(thinking)), { maxLength: 6 }), (parts) => {
        const pieces = parts.map((part) => readContent([part]));
        expect(readContent(parts)).toEqual({
          text: pieces.map((piece) => piece.text).join(""),
          reasoning: pieces.map((piece) => piece.reasoning).join(""),
        });
      }),
    );
  });
});

describe("a chunk", () => {
  const read = (choice: object) => readChunk(JSON.stringify({ choices: [choice] }));

  it.each([
    ["a delta", { delta: { content: [thinking("hm"), text("so")] } }],
    ["a whole message", { message: { content: [thinking("hm"), text("so")] } }],
    ["reasoning beside parts", { delta: { reasoning_content: "hm", content: [text("so")] } }],
    ["details of reasoning", { delta: { reasoning_details: [{ type: "reasoning.text", text: "hm" }], content: "so" } }],
    [
      "reasoning and its details, once",
      { delta: { reasoning: "hm", reasoning_details: [{ type: "reasoning.text", text: "hm" }], content: "so" } },
    ],
    [
      "details that are hidden",
      { delta: { reasoning: "hm", reasoning_details: [{ type: "reasoning.encrypted", data: "x" }], content: "so" } },
    ],
  ])("with %s gives both", (_name, choice) => {
    expect(read(choice)).toMatchObject({ kind: "piece", text: "so", reasoning: "hm" });
  });
});

describe("an answer in parts", () => {
  const contents: readonly (string | readonly object[])[] = [
    [thinking("Let me ")],
    [thinking("see.")],
    [text("It ")],
    "is so.",
  ];

  it.each([
    ["streamed", true],
    ["whole", false],
  ])("is reasoning and text, %s", async (_name, streams) => {
    await using server = await recordingContents(
      streams ? contents : [contents.flatMap((part) => (typeof part === "string" ? [text(part)] : part))],
      streams,
    );
    await using backend = new OpenAiBackend(options.parse({ url: server.url, model: "test-model" }), host());
    const { text: shown, reasoning, finish } = await backend.generate(ask("Hi"), call());
    expect({ shown, reasoning, finish }).toEqual({ shown: "It is so.", reasoning: "Let me see.", finish: "stop" });
  });
});
