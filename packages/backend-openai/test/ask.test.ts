import type { GenerateRequest } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { ask as send, ChatServer, type Renderer, type Served } from "../src/index.ts";
import { ask, call, recording, type Received } from "./fake.ts";

/** Renders as a model would be asked that opens no thought, a token a character. */
const renderer: Renderer = {
  render: async (messages) => {
    const prompt = `<user>${messages.map(({ content }) => content).join("")}<assistant>`;
    return {
      tokens: prompt.length,
      opened: false,
      followedBy: async (text) => ({ prompt: prompt + text, tokens: prompt.length + text.length }),
    };
  },
};

const thinker: Served = {
  model: "test-model",
  contextTokens: 1000,
  renderer,
  thinks: true,
  opened: false,
  splits: false,
  budgets: false,
  schemas: true,
  prefixBlock: 16,
};

const asked = async (
  request: GenerateRequest,
  answer: (received: Received, number: number) => readonly string[],
  { served = thinker, granted = 100, thinking = "auto" as "auto" | boolean } = {},
) => {
  await using server = await recording(answer);
  const patience = { firstSeconds: 5, nextSeconds: 5 };
  await using chat = new ChatServer({ url: server.url, key: undefined, keyFix: "", sockets: 2, patience });
  const generation = await send({
    server: chat,
    served,
    request,
    call: call(granted),
    queuedMs: 0,
    systemMessages: "keep",
    thinking,
    fields: (maxTokens) => ({ model: served.model, max_tokens: maxTokens }),
  });
  return { generation, received: server.received };
};

const thought = ["<think>", "one ", "two ", "three ", "four ", "five "];

describe("a thought", () => {
  it("is kept to its budget by a second call, which goes on behind the closed thought", async () => {
    const { generation, received } = await asked(ask("Q", { maxThoughtTokens: 3 }), (_, number) =>
      number === 1 ? ["one ", "two ", "three "] : ["The answer."],
    );
    expect(received.map(({ path, body }) => [path, body["prompt"], body["max_tokens"]])).toEqual([
      ["/v1/completions", "<user>Q<assistant><think>\n", 3],
      ["/v1/completions", "<user>Q<assistant><think>\none two three \n</think>\n\n", 97],
    ]);
    expect(generation).toMatchObject({ reasoning: "one two three ", text: "The answer.", finish: "stop" });
  });

  it("is paused after where that is asked for, its budget used up or not", async () => {
    const request = ask("Q", { maxThoughtTokens: 2, pauseAfterThought: true });
    const full = await asked(request, () => ["one ", "two "]);
    expect(full.generation).toMatchObject({ finish: "thought-end", reasoning: "one two " });
    const over = await asked(ask("Q", { pauseAfterThought: true }), () => ["one ", "</think>", "Yes"]);
    expect(over.generation).toMatchObject({ finish: "thought-end", reasoning: "one ", text: "" });
    expect(over.received).toHaveLength(1);
  });

  it("is gone on from where it stopped", async () => {
    const continueFrom = { reasoning: "one ", thinking: true, text: "" };
    const { generation, received } = await asked(ask("Q", { continueFrom }), (_, number) =>
      number === 1 ? ["two ", "</think>", "\n\n"] : ["Yes."],
    );
    expect(received[0]?.body["prompt"]).toBe("<user>Q<assistant><think>\none ");
    expect(received[1]?.body["prompt"]).toBe("<user>Q<assistant><think>\none two \n</think>\n\n");
    expect(generation).toMatchObject({ reasoning: "two ", text: "Yes." });
  });

  it.each([false, true])(
    "is opened where that is wanted and the template does not, if the server splits it off (%s) or not",
    async (splits) => {
      const served = { ...thinker, splits };
      const { received } = await asked(ask("Q"), () => ["a", "</think>", "b"], { served, thinking: true });
      expect(received[0]?.body["prompt"]).toBe("<user>Q<assistant><think>\n");
    },
  );

  it("is free of a schema, which holds for the answer", async () => {
    const { received } = await asked(ask("Q", { schema: { type: "object" } }), (_, number) =>
      number === 1 ? ["a", "</think>"] : ["{}"],
    );
    expect(received.map(({ body }) => "response_format" in body)).toEqual([false, true]);
  });

  it("counts as all that it took, and what the second call found in the cache", async () => {
    const { generation } = await asked(ask("Q", { maxThoughtTokens: 3 }), (_, number) =>
      number === 1 ? ["one ", "two ", "three "] : ["The answer."],
    );
    expect(generation.usage).toMatchObject({ prompt: 22, reasoning: 3, answer: 1, estimated: true });
  });

  it("is left to a server that heeds budgets itself", async () => {
    const served = { ...thinker, budgets: true, splits: true };
    const { received } = await asked(ask("Q", { maxThoughtTokens: 3 }), () => ["Yes."], { served });
    expect(received).toMatchObject([{ path: "/v1/chat/completions", body: { thinking_token_budget: 3 } }]);
  });
});

describe("an answer", () => {
  it("is asked for as a chat where nothing more is needed", async () => {
    const { generation, received } = await asked(ask("Q"), () => [...thought, "</think>", "Yes."]);
    expect(received.map(({ path }) => path)).toEqual(["/v1/chat/completions"]);
    expect(generation).toMatchObject({ reasoning: "one two three four five ", text: "Yes." });
  });

  it("is gone on from behind the rendered prompt", async () => {
    const continueFrom = { reasoning: "", thinking: false, text: "import " };
    const { generation, received } = await asked(ask("Q", { continueFrom }), () => ["numpy"]);
    expect(received[0]?.body["prompt"]).toBe("<user>Q<assistant>import ");
    expect(generation).toMatchObject({ text: "numpy", reasoning: "" });
  });

  it("gets the tokens that the prompt leaves", async () => {
    const { received } = await asked(ask("Q".repeat(900)), () => ["a"], { granted: 500 });
    expect(received[0]?.body["max_tokens"]).toBe(1000 - 917);
  });

  it("is refused where the prompt leaves none", async () => {
    await expect(asked(ask("Q".repeat(990)), () => ["a"])).rejects.toMatchObject({ code: "AIDE_CONTEXT_OVERFLOW" });
  });
});
