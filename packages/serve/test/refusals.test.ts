import { Agent, request, type ClientRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { AideError } from "@aide-ts/plugin";
import { backendFailure } from "@aide-ts/testing";
import { backendOf, chat, echo, eventsOf, jsonOf, made, post, serving, user } from "./serving.ts";

const messages = user("x");
const rejected = async (error: Error): Promise<never> => {
  throw error;
};

describe("a request is refused with what is wrong and where:", () => {
  it.each<[string, unknown, number, { param?: string | null; code?: string; message: RegExp }]>([
    ["no JSON", "{", 400, { param: null, code: "AIDE_REQUEST_JSON", message: /no JSON/ }],
    ["nothing", "", 400, { message: /it is empty/ }],
    ["no object", [], 400, { param: "", message: /^The body: / }],
    ["a body too deep", `{"messages":${"[".repeat(1e5)}${"]".repeat(1e5)}}`, 400, { message: /nested/ }],
    ["no messages", { messages: [] }, 400, { param: "messages", message: /at least one message/ }],
    ["messages left out", {}, 400, { param: "messages", message: /^messages: / }],
    [
      "a strange role",
      { messages: [{ role: "usr", content: "x" }] },
      400,
      { param: "messages[0].role", message: /assistant/ },
    ],
    [
      "a tool's result",
      { messages: [...messages, { role: "tool", content: "x" }] },
      400,
      { param: "messages[1].role", message: /tools are refused/ },
    ],
    [
      "a call of a tool",
      { messages: [{ role: "assistant", tool_calls: [{}] }] },
      400,
      { param: "messages[0].tool_calls", message: /tools are refused/ },
    ],
    [
      "a user without content",
      { messages: [{ role: "user", content: null }] },
      400,
      { param: "messages[0].content", message: /expected a text/ },
    ],
    [
      "content that is none",
      { messages: [{ role: "user", content: 7 }] },
      400,
      { param: "messages[0].content", message: /expected a text/ },
    ],
    [
      "an image",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
      400,
      { param: "messages[0].content[0].type", message: /only parts of type text/ },
    ],
    ["a hot temperature", { messages, temperature: 9 }, 400, { param: "temperature", message: /^temperature: / }],
    ["top_p as text", { messages, top_p: "1" }, 400, { param: "top_p", message: /^top_p: / }],
    ["no tokens", { messages, max_tokens: 0 }, 400, { param: "max_tokens", message: /^max_tokens: / }],
    ["half a token", { messages, max_completion_tokens: 1.5 }, 400, { param: "max_completion_tokens", message: /./ }],
    ["half a seed", { messages, seed: 0.5 }, 400, { param: "seed", message: /whole number/ }],
    ["an empty stop", { messages, stop: "" }, 400, { param: "stop", message: /cannot be empty/ }],
    ["17 stops", { messages, stop: Array.from({ length: 17 }, String) }, 400, { param: "stop", message: /at most 16/ }],
    ["a stop of numbers", { messages, stop: [1] }, 400, { param: "stop[0]", message: /./ }],
    ["n=2", { messages, n: 2 }, 400, { param: "n", code: "AIDE_REQUEST_UNSUPPORTED", message: /^n: one answer/ }],
    ["n=0", { messages, n: 0 }, 400, { param: "n", message: /one answer/ }],
    ["tools", { messages, tools: [{ type: "function" }] }, 400, { param: "tools", message: /Tools are not served/ }],
    ["a forced tool", { messages, tool_choice: "required" }, 400, { param: "tool_choice", message: /Tools/ }],
    ["logprobs", { messages, logprobs: true }, 400, { param: "logprobs", message: /Probabilities/ }],
    ["top_logprobs", { messages, top_logprobs: 3 }, 400, { param: "top_logprobs", message: /Probabilities/ }],
    ["speech", { messages, modalities: ["text", "audio"] }, 400, { param: "modalities", message: /text alone/ }],
    [
      "JSON from a backend that cannot",
      { messages, response_format: { type: "json_object" } },
      400,
      { param: "response_format", message: /JSON Schema/ },
    ],
    [
      "a format without its schema",
      { messages, response_format: { type: "json_schema" } },
      400,
      { param: "response_format.json_schema", message: /./ },
    ],
    [
      "a strange format",
      { messages, response_format: { type: "xml" } },
      400,
      { param: "response_format.type", message: /json_schema/ },
    ],
    [
      "a thought's budget without thoughts",
      { messages, max_thought_tokens: 5 },
      400,
      { param: "max_thought_tokens", message: /no thoughts/ },
    ],
    [
      "a misspelt model",
      { messages, model: "scriptd" },
      404,
      { param: "model", code: "model_not_found", message: /did you mean "scripted"\?/ },
    ],
    [
      "another model",
      { messages, model: "gpt-4o" },
      404,
      { code: "model_not_found", message: /does not exist here\. This server has one: "scripted"/ },
    ],
  ])("%s", async (_, body, status, error) => {
    const backend = echo();
    await using served = await serving(backend);
    const response = await chat(served.url, body);
    const reply = await jsonOf(response);
    expect({ status: response.status, error: reply.error }).toEqual({
      status,
      error: {
        type: "invalid_request_error",
        param: error.param === undefined ? expect.toSatisfy(() => true) : error.param,
        code: error.code ?? expect.any(String),
        message: expect.stringMatching(error.message),
      },
    });
    expect(backend.requests).toEqual([]);
  });

  it("another content type, a compressed body, bytes that are no UTF-8", async () => {
    await using served = await serving(echo());
    const body = JSON.stringify({ messages });
    const types = await Promise.all([
      chat(served.url, body, { headers: { "content-type": "text/plain" } }),
      chat(served.url, body, { headers: { "content-type": "application/json", "content-encoding": "gzip" } }),
      chat(served.url, body, { headers: { "content-type": "application/json; charset=utf-8" } }),
      fetch(`${served.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: Buffer.concat([
          Buffer.from('{"messages":[{"role":"user","content":"'),
          Buffer.of(0xff),
          Buffer.from('"}]}'),
        ]),
      }),
    ]);
    expect(types.map(({ status }) => status)).toEqual([415, 415, 200, 400]);
  });

  it("another method, with those that are allowed; another path; raw completions", async () => {
    await using served = await serving(echo());
    for (const [path, method, allow] of [
      ["/v1/chat/completions", "GET", "POST"],
      ["/v1/models", "POST", "GET, HEAD"],
      ["/health", "DELETE", "GET, HEAD"],
      ["/tokenize", "PUT", "POST"],
    ]) {
      const response = await fetch(`${served.url}${path}`, { method: method! });
      expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
      expect((await jsonOf(response)).error.code).toBe("AIDE_REQUEST_METHOD");
    }
    for (const path of ["/", "/chat/completions", "/v1/embeddings", "/v1/toString", "/constructor", "//"])
      expect((await fetch(`${served.url}${path}`)).status).toBe(404);
    const raw = await post(`${served.url}/v1/completions`, { prompt: "x" });
    expect(raw.status).toBe(404);
    expect((await jsonOf(raw)).error.message).toMatch(/Use \/v1\/chat\/completions/);
  });

  it(
    "a body of more than 64 MiB, whether or not its length is given, and the server goes on",
    { timeout: 60_000 },
    async () => {
      await using served = await serving(echo());
      const mebibyte = "x".repeat(2 ** 20);
      const whole = await chat(served.url, { messages: user(mebibyte.repeat(64)) });
      expect(whole.status).toBe(413);
      const piece = new TextEncoder().encode(mebibyte);
      let sent = 0;
      const pieces = new ReadableStream({
        pull: (out) => (sent++ < 70 ? out.enqueue(piece) : out.close()),
      });
      const streamed = await chat(served.url, "", { body: pieces, duplex: "half" } as RequestInit);
      expect(streamed.status).toBe(413);
      expect((await jsonOf(streamed)).error.code).toBe("AIDE_REQUEST_TOO_LARGE");
      expect((await chat(served.url, { messages })).status).toBe(200);
    },
  );

  it("a body that is too large as soon as that shows, and no connection stays behind", async () => {
    await using served = await serving(echo());
    const open = (headers: Readonly<Record<string, string>>): ClientRequest =>
      request(`${served.url}/v1/chat/completions`, {
        method: "POST",
        agent: new Agent({ keepAlive: true }),
        headers: { "content-type": "application/json", ...headers },
      }).on("error", () => undefined);
    const answered = async (asking: ClientRequest): Promise<number | undefined> => {
      const [response] = (await once(asking, "response")) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    const announced = open({ "content-length": String(2 ** 30) });
    announced.flushHeaders();
    expect(await answered(announced)).toBe(413);
    announced.destroy();
    const streamed = open({ "transfer-encoding": "chunked" });
    const closed = once(streamed, "close");
    const refused = answered(streamed);
    for (let sent = 0; sent < 80; sent++) streamed.write("x".repeat(2 ** 20));
    expect(await refused).toBe(413);
    await closed;
  });

  it("a page that has bound its own name to this machine", async () => {
    await using served = await serving(echo());
    const asked = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${served.url}/v1/models`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
    expect(
      await Promise.all(["evil.example:8642", "localhost:1", "[::1]:8642", "127.0.0.1.nip.io", "%"].map(asked)),
    ).toEqual([403, 200, 200, 403, 403]);
  });
});

describe("a path that makes no URL", () => {
  const statusOf = async (url: string, path: string): Promise<number | undefined> => {
    const asking = request(url, { path }).end();
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };

  it("is nothing, and nothing without a key where there is one", async () => {
    await using open = await serving(echo());
    await using locked = await serving(echo(), { key: "correct horse" });
    for (const path of ["/v1\\models", "*"]) {
      expect(await statusOf(open.url, path)).toBe(404);
      expect(await statusOf(locked.url, path)).toBe(401);
    }
    expect(open.warnings).toEqual([]);
  });
});

describe("a key", () => {
  it("is required where one is set, except for the health of the server", async () => {
    const backend = echo();
    await using served = await serving(backend, { key: "correct horse" });
    const statuses = [];
    for (const authorization of [
      undefined,
      "",
      "Bearer",
      "Bearer correct hors",
      "Bearer correct horsee",
      "Basic correct horse",
      "Bearer correct horse",
      "bearer  correct horse",
    ]) {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await chat(served.url, { messages }, { headers });
      statuses.push(response.status);
      if (response.status === 401)
        expect(await jsonOf(response)).toMatchObject({
          error: { type: "authentication_error", code: "invalid_api_key" },
        });
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 200, 200]);
    expect(backend.requests).toHaveLength(2);
    expect((await fetch(`${served.url}/v1/models`)).status).toBe(401);
    expect((await fetch(`${served.url}/nothing`)).status).toBe(401);
    expect((await fetch(`${served.url}/health`)).status).toBe(200);
  });
});

describe("a backend's failure", () => {
  const failing = (error: Error) => backendOf(() => rejected(error)).backend;
  const failure = (code: `AIDE_${string}`, rest: Partial<ConstructorParameters<typeof AideError>[0]> = {}) =>
    new AideError({ code, message: "It failed.", fix: "Mend it.", fault: "backend", ...rest });

  it.each<[string, Error, number, string, string]>([
    [
      "a prompt that is too long",
      failure("AIDE_CONTEXT_OVERFLOW"),
      400,
      "context_length_exceeded",
      "invalid_request_error",
    ],
    [
      "messages that the template refuses",
      failure("AIDE_CHAT_TEMPLATE"),
      400,
      "AIDE_CHAT_TEMPLATE",
      "invalid_request_error",
    ],
    [
      "a schema that it cannot hold to",
      failure("AIDE_SCHEMA_UNSUPPORTED", { fault: "plugin" }),
      400,
      "AIDE_SCHEMA_UNSUPPORTED",
      "invalid_request_error",
    ],
    ["no room", failure("AIDE_BACKEND_BUSY", { retryAfterMs: 2500 }), 429, "rate_limit_exceeded", "rate_limit_error"],
    ["a server that fails", failure("AIDE_BACKEND_FAILED"), 502, "AIDE_BACKEND_FAILED", "server_error"],
    ["a server that stands still", failure("AIDE_BACKEND_STALLED"), 504, "AIDE_BACKEND_STALLED", "server_error"],
    [
      "an empty account",
      failure("AIDE_BACKEND_QUOTA", { fault: "user" }),
      402,
      "AIDE_BACKEND_QUOTA",
      "invalid_request_error",
    ],
    [
      "any fault of the user",
      failure("AIDE_MODEL_NOT_PULLED", { fault: "user" }),
      400,
      "AIDE_MODEL_NOT_PULLED",
      "invalid_request_error",
    ],
    ["a fault of ours", failure("AIDE_OURS", { fault: "internal" }), 500, "AIDE_OURS", "server_error"],
    ["what nobody foresaw", new TypeError("x is not a function"), 500, "AIDE_SERVE_FAILED", "server_error"],
  ])("%s", async (_, error, status, code, type) => {
    await using served = await serving(failing(error));
    for (const stream of [false, true]) {
      const response = await chat(served.url, { messages, stream });
      expect(response.status).toBe(status);
      const body = await jsonOf(response);
      expect(body).toEqual({ error: { message: expect.any(String), type, code, param: body.error.param } });
      if (status === 429) expect(response.headers.get("retry-after")).toBe("3");
      if (code === "context_length_exceeded") {
        expect(body.error.param).toBe("messages");
        expect(body.error.message).toMatch(/maximum context length is 4096 tokens/);
      }
      if (error instanceof TypeError) expect(body.error.message).not.toContain("not a function");
    }
    expect(served.warnings).toHaveLength(error instanceof TypeError ? 2 : 0);
  });

  it("comes into the stream, once that has begun", async () => {
    const { backend } = backendOf(async (_, { onProgress }) => {
      onProgress?.({ kind: "text", delta: "So far", reasoning: false, tokens: 2 });
      throw backendFailure("AIDE_BACKEND_DISCONNECTED", true);
    });
    await using served = await serving(backend);
    const response = await chat(served.url, { messages, stream: true });
    expect(response.status).toBe(200);
    const events = await eventsOf(response);
    expect(events.map((event) => event.choices?.[0]?.delta.content ?? event.error.code)).toEqual([
      "",
      "So far",
      "AIDE_BACKEND_DISCONNECTED",
    ]);
    expect(served.lines.at(-1)).toMatch(/AIDE_BACKEND_DISCONNECTED$/);
  });

  it("shows no secret", async () => {
    const error = failure("AIDE_BACKEND_REFUSED", {
      facts: { "it says": "sk-12345678 is no key", server: "http://inner:1" },
    });
    await using served = await serving(failing(error), { mask: (text) => text.replaceAll("sk-12345678", "***") });
    const { message } = (await jsonOf(await chat(served.url, { messages }))).error;
    expect(message).toBe("It failed. (*** is no key) Mend it.");
  });

  it("is none where a call was only cut short", async () => {
    await using served = await serving(backendOf(async () => made({ text: "x", finish: "length" })).backend);
    expect((await chat(served.url, { messages })).status).toBe(200);
  });
});
