import { describe, expect, it } from "vitest";
import { OpenAiBackend, options } from "../src/index.ts";
import { ask, call, host, recording, runFolder } from "./fake.ts";

const open = (given: object, ...hosted: Parameters<typeof host>) =>
  new OpenAiBackend(options.parse(given), host(...hosted));
const key = { OPENAI_API_KEY: "sk-test" };

describe("a key", () => {
  it.each([
    ["openai", "OPENAI_API_KEY"],
    ["anthropic", "ANTHROPIC_API_KEY"],
    ["gemini", "GEMINI_API_KEY or GOOGLE_API_KEY"],
    ["deepseek", "DEEPSEEK_API_KEY"],
    ["openrouter", "OPENROUTER_API_KEY"],
    ["huggingface", "HF_TOKEN or HUGGINGFACE_API_KEY"],
  ])("that %s wants and does not have is named", (preset, variable) => {
    expect(() => open({ preset, model: "m" })).toThrow(`${variable} is not set`);
  });

  it("is read from a variable of one's own", () => {
    expect(() => open({ url: "http://127.0.0.1:1/v1", keyVariable: "MY_KEY" })).toThrow("MY_KEY is not set");
    expect(open({ url: "http://127.0.0.1:1/v1", keyVariable: "MY_KEY" }, { MY_KEY: "x" })).toBeDefined();
  });

  it("stands in no error that the server's refusal becomes", async () => {
    await using server = await recording(() => ({ status: 401, message: "Incorrect API key provided" }));
    await using backend = open(
      { preset: "openai", url: server.url, model: "test-model" },
      { OPENAI_API_KEY: "sk-secret-1" },
    );
    const error = await backend.generate(ask("Hi"), call()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "AIDE_BACKEND_KEY", fix: expect.stringContaining("OPENAI_API_KEY") });
    expect(JSON.stringify(error)).not.toContain("sk-secret-1");
  });
});

describe("what leaves the machine", () => {
  it("is stated once, with how rows are kept in", () => {
    const logged: string[] = [];
    open({ model: "gpt-5-mini" }, key, logged);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("prompts go to api.openai.com");
    expect(logged[0]).toContain("preview.samples=false");
  });

  it("is nothing for a server on this machine", () => {
    const logged: string[] = [];
    open({ url: "http://127.0.0.1:1/v1", model: "m" }, {}, logged);
    open({ model: "m" }, { ...key, OPENAI_BASE_URL: "http://127.0.0.1:1/v1" }, logged);
    expect(logged).toEqual([]);
  });
});

describe("a request", () => {
  it("has what is asked for, and leaves the rest to the server", async () => {
    await using server = await recording(() => ["hello"]);
    await using backend = open({ preset: "openai", url: server.url, model: "test-model" }, key);
    await backend.generate(ask("Hi", { temperature: 0.2 }), { ...call(7), seed: 2 ** 31 + 3 });
    expect(server.received).toEqual([
      {
        path: "/v1/chat/completions",
        body: {
          model: "test-model",
          messages: [{ role: "user", content: "Hi" }],
          temperature: 0.2,
          seed: 3,
          max_completion_tokens: 7,
          stream: true,
          stream_options: { include_usage: true },
        },
      },
    ]);
  });

  it("names sampling as the server does", async () => {
    await using server = await recording(() => ["hello"]);
    const sampling = { topK: 0, minP: 0.1, repetitionPenalty: 1.1 };
    await using backend = open({ preset: "sglang", url: server.url, model: "test-model", ...sampling });
    await backend.generate(ask("Hi"), call());
    expect(server.received.at(-1)?.body).toMatchObject({
      top_k: -1,
      min_p: 0.1,
      repetition_penalty: 1.1,
      max_tokens: 100,
    });
  });

  it("is held to a schema strictly only where the schema allows it", async () => {
    await using server = await recording(() => ["{}"]);
    await using backend = open({ preset: "openai", url: server.url, model: "test-model" }, key);
    const properties = { a: { type: "string" } };
    const closed = { type: "object", properties, required: ["a"], additionalProperties: false };
    await backend.generate(ask("Hi", { schema: closed }), call());
    await backend.generate(ask("Hi", { schema: { type: "object", properties } }), call());
    const formats = server.received.map(({ body }) => body["response_format"]);
    expect(formats[0]).toMatchObject({ json_schema: { schema: closed, strict: true } });
    expect(formats[1]).not.toHaveProperty("json_schema.strict");
  });

  it("is sent without a schema where a probe showed that the server does not hold to it", async () => {
    await using server = await recording(() => ["A poem, of the sea."]);
    const folder = runFolder();
    for (let start = 0; start < 2; start++) {
      await using backend = open({ url: server.url, model: "test-model" }, {}, [], folder);
      expect((await backend.capabilities(call().signal)).has).toEqual([]);
      await backend.generate(ask("Hi", { schema: { type: "object" } }), call());
    }
    const probes = server.received.filter(({ body }) => "response_format" in body);
    expect(probes).toHaveLength(1);
    expect(server.received).toHaveLength(3);
  });

  it("is sent once more without a field that the model refuses, and never with it again", async () => {
    const logged: string[] = [];
    await using server = await recording(({ body }) => {
      if ("temperature" in body)
        return { status: 400, message: "Unsupported value: 'temperature' does not support 0.7 with this model." };
      if ("max_completion_tokens" in body)
        return { status: 400, message: "Unrecognized request argument supplied: max_completion_tokens" };
      return ["hello"];
    });
    await using backend = open(
      { preset: "openai", url: server.url, model: "test-model", temperature: 0.7 },
      key,
      logged,
    );
    expect((await backend.generate(ask("Hi"), call())).text).toBe("hello");
    expect((await backend.generate(ask("Hi"), call())).text).toBe("hello");
    expect(server.received).toHaveLength(4);
    expect(server.received.at(-1)?.body).toMatchObject({ max_tokens: 100 });
    expect(logged).toHaveLength(2);
  });

  it("that is refused for another reason fails", async () => {
    await using server = await recording(() => ({ status: 400, message: "temperature must be below 2" }));
    await using backend = open({ preset: "openai", url: server.url, model: "test-model", temperature: 0.7 }, key);
    await expect(backend.generate(ask("Hi"), call())).rejects.toMatchObject({ code: "AIDE_BACKEND_REFUSED" });
    expect(server.received).toHaveLength(1);
  });

  it("that cannot fit is not sent", async () => {
    await using server = await recording(() => ["hello"]);
    await using backend = open({ preset: "openai", url: server.url, model: "test-model", contextTokens: 256 }, key);
    await expect(backend.generate(ask("x".repeat(256 * 16)), call())).rejects.toMatchObject({
      code: "AIDE_CONTEXT_OVERFLOW",
    });
    expect(server.received).toEqual([]);
  });
});

describe("a model", () => {
  it("is the only one that the server has, where none is named", async () => {
    await using server = await recording(() => ["hello"]);
    await using backend = open({ preset: "sglang", url: server.url });
    expect((await backend.capabilities(call().signal)).contextTokens).toBe(8192);
    expect(backend.model).toBe("test-model");
  });

  it("that is misspelt is named, with the one that was meant", async () => {
    await using server = await recording(() => ["hello"]);
    await using backend = open({ preset: "sglang", url: server.url, model: "test-modle" });
    await expect(backend.capabilities(call().signal)).rejects.toMatchObject({
      code: "AIDE_MODEL_NOT_FOUND",
      message: expect.stringContaining("did you mean test-model"),
    });
  });
});

describe("options", () => {
  it("are OpenAI's where nothing else is given, and one's own server's where its address is", () => {
    expect(options.parse({ model: "m" }).preset).toBe("openai");
    expect(options.parse({ url: "http://x/v1" }).preset).toBe("custom");
    expect(() => options.parse({ preset: "custom" })).toThrow("Give the server's address");
    expect(() => options.parse({ modle: "m" })).toThrow("modle");
  });
});
