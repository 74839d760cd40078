import { describe, expect, it } from "vitest";
import { backendOf, chat, echo, eventsOf, jsonOf, made, post, serving, user } from "./serving.ts";

describe("a chat completion", () => {
  it("is answered whole, with usage and the finer finish", async () => {
    await using served = await serving(echo());
    const response = await chat(served.url, { model: "scripted", messages: user("Hello there.") });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(response.headers.has("x-aide-ignored")).toBe(false);
    expect(await jsonOf(response)).toEqual({
      id: expect.stringMatching(/^chatcmpl-\w+-1$/),
      object: "chat.completion",
      created: expect.any(Number),
      model: "scripted",
      system_fingerprint: expect.stringMatching(/^aide-[0-9a-f]{16}$/),
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hello there.", refusal: null },
          logprobs: null,
          finish_reason: "stop",
          aide_finish: "stop",
        },
      ],
      usage: {
        prompt_tokens: 3,
        completion_tokens: 3,
        total_tokens: 6,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
    });
  });

  it("hands every field to the backend", async () => {
    const backend = echo({ has: ["jsonSchema", "thoughtBudget"] });
    await using served = await serving(backend, { temperature: 0.3 });
    const schema = { type: "object", properties: { a: { type: "number" } } };
    await chat(served.url, {
      messages: [
        { role: "developer", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "one" },
            { type: "text", text: "two", cache_control: {} },
          ],
        },
      ],
      temperature: 0,
      top_p: 0.5,
      max_tokens: 9,
      max_completion_tokens: 8,
      stop: "END",
      seed: -1,
      max_thought_tokens: 4,
      response_format: { type: "json_schema", json_schema: { name: "x", schema, strict: true } },
    });
    await chat(served.url, { messages: user("x"), stop: ["a", "b"], response_format: { type: "json_object" } });
    await chat(served.url, { messages: user("x"), temperature: null, stop: null, response_format: { type: "text" } });
    expect(backend.requests).toEqual([
      {
        request: {
          messages: [
            { role: "system", content: "Be brief." },
            { role: "user", content: "one\ntwo" },
          ],
          temperature: 0,
          topP: 0.5,
          stop: ["END"],
          maxThoughtTokens: 4,
          schema,
        },
        seed: 2 ** 31 - 1,
      },
      {
        request: {
          messages: user("x"),
          temperature: 0.3,
          stop: ["a", "b"],
          schema: { type: "object", additionalProperties: true },
        },
        seed: 5,
      },
      { request: { messages: user("x"), temperature: 0.3 }, seed: 6 },
    ]);
  });

  it("is limited by the request, else by the config, else by the context or what AIDE grants, and never beyond the context", async () => {
    const granted: number[] = [];
    const { backend } = backendOf(async (_, call) => {
      granted.push(call.grantedTokens);
      return made();
    });
    for (const [options, counts] of [
      [{}, false],
      [{ maxTokens: 77 }, false],
      [{}, true],
    ] as const) {
      await using served = await serving(counts ? { ...backend, countTokens: async () => 1 } : backend, options);
      await chat(served.url, { messages: user("x") });
      await chat(served.url, { messages: user("x"), max_tokens: 12 });
      await chat(served.url, { messages: user("x"), max_completion_tokens: 100_000 });
    }
    expect(granted).toEqual([2048, 12, 4096, 77, 12, 4096, 4096, 12, 4096]);
  });

  it("goes on from an assistant's message at the end, where the backend can; else that is history", async () => {
    const messages = [...user("Write."), { role: "assistant", content: "It was", reasoning_content: "A start." }];
    const [able, unable] = [echo({ has: ["continuation"] }), echo({ has: [] })];
    for (const backend of [able, unable]) {
      await using served = await serving(backend);
      await chat(served.url, { messages });
    }
    expect(able.requests[0]?.request).toEqual({
      messages: user("Write."),
      continueFrom: { reasoning: "A start.", thinking: false, text: "It was" },
    });
    expect(unable.requests[0]?.request).toEqual({
      messages: [...user("Write."), { role: "assistant", content: "It was" }],
    });
  });

  it.each([
    ["stop", "stop"],
    ["stop-sequence", "stop"],
    ["thought-end", "stop"],
    ["length", "length"],
    ["length-in-thought", "length"],
    ["repetition", "length"],
  ] as const)("reports the finish %s as %s", async (finish, reason) => {
    const { backend } = backendOf(async () => made({ text: "x", finish }));
    await using served = await serving(backend);
    const whole = await jsonOf(await chat(served.url, { messages: user("x") }));
    const events = await eventsOf(await chat(served.url, { messages: user("x"), stream: true }));
    expect(whole.choices[0]).toMatchObject({ finish_reason: reason, aide_finish: finish });
    expect(events.at(-2).choices[0]).toMatchObject({ finish_reason: reason, aide_finish: finish });
  });

  it("reports reasoning separately, whole and streamed, and counts it in", async () => {
    const usage = { prompt: 10, cached: 4, reasoning: 5, answer: 2, estimated: true };
    const { backend } = backendOf(async (_, { onProgress }) => {
      onProgress?.({ kind: "prefill", evaluated: 1, total: 2 });
      onProgress?.({ kind: "text", delta: "Hm.", reasoning: true, tokens: 5 });
      onProgress?.({ kind: "text", delta: "Ye", reasoning: false, tokens: 6 });
      return made({ reasoning: "Hm.", text: "Yes", usage });
    });
    await using served = await serving(backend);
    const reported = {
      prompt_tokens: 10,
      completion_tokens: 7,
      total_tokens: 17,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 5 },
      aide_estimated: true,
    };
    const whole = await jsonOf(await chat(served.url, { messages: user("x") }));
    expect(whole.choices[0].message).toEqual({
      role: "assistant",
      content: "Yes",
      refusal: null,
      reasoning_content: "Hm.",
    });
    expect(whole.usage).toEqual(reported);
    const body = { messages: user("x"), stream: true, stream_options: { include_usage: true } };
    const events = await eventsOf(await chat(served.url, body));
    expect(events.map((event) => event.choices?.[0]?.delta ?? event.usage ?? event)).toEqual([
      { role: "assistant", content: "" },
      { reasoning_content: "Hm." },
      { content: "Ye" },
      { content: "s" },
      {},
      reported,
      "[DONE]",
    ]);
    expect(events.slice(0, -2).every(({ usage: none }) => none === null)).toBe(true);
    expect(events.at(-2).choices).toEqual([]);
    expect(new Set(events.slice(0, -1).map(({ id }) => id)).size).toBe(1);
  });

  it("lists fields that had no part in it, in a header that any name fits into", async () => {
    await using served = await serving(echo());
    const response = await chat(served.url, {
      messages: [{ role: "user", content: "x", name: "Ann" }],
      frequency_penalty: 0.5,
      user: null,
      "né\r\nx": 1,
      tools: [],
      logprobs: false,
      n: 1,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-aide-ignored")).toBe("frequency_penalty, n???x, messages[].name");
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`field_${at}_${"x".repeat(60)}`, 1]));
    const crowded = await chat(served.url, { messages: user("x"), ...many });
    expect(crowded.headers.get("x-aide-ignored")).toMatch(/ and 1976 more$/);
  });

  it("shows the terminal one line, and nothing of the prompt", async () => {
    await using served = await serving(echo());
    await chat(served.url, { messages: user("A secret plan."), model: "scripted" });
    await chat(served.url, { messages: user("A secret plan."), model: "A secret plan." });
    await fetch(`${served.url}/health`);
    await served.server[Symbol.asyncDispose]();
    expect(served.lines).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}scripted {2}4 tokens in \(0 cached\) {2}4 out {2}\d+ ms {2}stop$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}scripted {2}\d+ ms {2}AIDE_REQUEST_MODEL$/),
    ]);
  });
});

describe("beside it", () => {
  it("lists its model, and gives it by name, encoded or not", async () => {
    await using served = await serving(backendOf(async () => made()).backend);
    const listed = await jsonOf(await fetch(`${served.url}/v1/models`));
    const entry = {
      id: "made/up",
      object: "model",
      created: expect.any(Number),
      owned_by: "aide",
      max_model_len: 4096,
      aide: { has: ["seed"], details: { made: "up" } },
    };
    expect(listed).toEqual({ object: "list", data: [entry] });
    expect(await jsonOf(await fetch(`${served.url}/v1/models/made/up`))).toEqual(entry);
    expect(await jsonOf(await fetch(`${served.url}/v1/models/made%2Fup`))).toEqual(entry);
    expect((await fetch(`${served.url}/v1/models/made%2`)).status).toBe(404);
    expect(await jsonOf(await fetch(`${served.url}/health`))).toEqual({ status: "ok" });
  });

  it("counts tokens where the backend does", async () => {
    const { backend } = backendOf(async () => made());
    await using counting = await serving({ ...backend, countTokens: async ({ messages }) => messages.length * 10 });
    await using mute = await serving(backend);
    const counted = await post(`${counting.url}/tokenize`, { messages: [...user("x"), ...user("y")] });
    expect(await jsonOf(counted)).toEqual({ count: 20, max_model_len: 4096 });
    expect((await post(`${counting.url}/tokenize`, { prompt: "x" })).status).toBe(400);
    const refused = await post(`${mute.url}/tokenize`, { messages: user("x") });
    expect(refused.status).toBe(404);
    expect((await jsonOf(refused)).error.message).toMatch(/does not count tokens/);
  });
});
