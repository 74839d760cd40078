import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import plugin, { OllamaBackend } from "../src/index.ts";
import { options } from "../src/options.ts";
import { ask, call, failureOf, FakeOllama, open, qwenShow } from "./fake-ollama.ts";

describe("what the server says of itself", () => {
  it("goes into the run's record", async () => {
    await using opened = await open({ models: ["other:latest", "m:latest"] });
    const { has, contextTokens, details } = await opened.backend.capabilities(call().signal);
    expect(has).not.toContain("seed");
    expect(contextTokens).toBe(8192);
    expect(details).toEqual({
      server: "ollama",
      version: "0.12.11",
      url: opened.server.url,
      model: "m:latest",
      digest: "digest of m:latest",
      family: "qwen2",
      parameters: "1.5B",
      quantisation: "Q4_K_M",
      format: "gguf",
      contextTokens: 8192,
      trainedContext: 32_768,
      capabilities: ["completion"],
      template: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      renderer: null,
      system: null,
      modelfileParameters: null,
      remote: null,
      think: "auto",
      refusesLongPrompts: true,
      countsCached: true,
    });
  });

  it("is asked once, by all calls together", async () => {
    await using opened = await open({}, { concurrency: 3 });
    await Promise.all([1, 2, 3].map(() => opened.backend.generate(ask("Hi"), call())));
    await opened.backend.capabilities(call().signal);
    expect(opened.server.asked.filter(({ path }) => path === "/api/show").length).toBe(1);
  });

  it("is asked again where asking failed", async () => {
    let failing = true;
    await using opened = await open({
      other: (_asked, reply) => {
        if (failing) reply.refuse(503, '{"error":"busy"}');
        return failing;
      },
    });
    expect((await failureOf(opened.backend.generate(ask("Hi"), call()))).code).toBe("AIDE_BACKEND_BUSY");
    failing = false;
    expect((await opened.backend.generate(ask("Hi"), call())).text).toBe("Hello.");
  });

  it("is kept in the run's folder as far as it was probed", async () => {
    await using server = await FakeOllama.start();
    const host = {
      runFolder: await mkdtemp(join(tmpdir(), "aide-ollama-")),
      env: () => server.url,
      log: () => undefined,
    };
    for (let time = 0; time < 2; time++) {
      await using backend = new OllamaBackend(options.parse({ model: "m" }), host);
      await backend.capabilities(call().signal);
    }
    expect(server.asked.filter(({ body }) => body._debug_render_only === true).length).toBe(1);
  });

  it("rejects by the caller's reason when it is stopped", async () => {
    await using opened = await open({ other: () => true });
    const reason = new Error("enough");
    const stop = new AbortController();
    const asked = expect(opened.backend.capabilities(stop.signal)).rejects.toBe(reason);
    stop.abort(reason);
    await asked;
  });

  it.each([
    ["a web page", "<!doctype html><p>Hello</p>", 200],
    ["another API", '{"detail":"Not Found"}', 404],
    ["nothing", "404 page not found", 404],
  ])("is that it is not Ollama where %s answers", async (_what, page, status) => {
    await using opened = await open({ other: (_asked, reply) => (reply.refuse(status, page), true) });
    const failure = await failureOf(opened.backend.capabilities(call().signal));
    expect(failure).toMatchObject({ code: "AIDE_BACKEND_NOT_AN_API", fault: "user" });
  });

  it("is nothing where nobody listens", async () => {
    const server = await FakeOllama.start();
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const host = { runFolder: tmpdir(), env: () => undefined, log: () => undefined };
    await using backend = new OllamaBackend(options.parse({ model: "m", url }), host);
    expect(await failureOf(backend.capabilities(call().signal))).toMatchObject({
      code: "AIDE_BACKEND_UNREACHABLE",
      transient: true,
    });
  });
});

describe("a model that is not there", () => {
  it("is an error with the name that was meant and the command that brings it", async () => {
    await using opened = await open({ models: ["smollm2:latest", "qwen3:0.6b"] }, { model: "smolm2" });
    const failure = await failureOf(opened.backend.capabilities(call().signal));
    expect(failure).toMatchObject({
      code: "AIDE_MODEL_NOT_FOUND",
      fix: expect.stringContaining("ollama pull smolm2"),
      transient: false,
    });
    expect(failure.message).toContain("did you mean smollm2?");
    expect(failure.facts["it serves"]).toBe("smollm2, qwen3:0.6b");
    expect(opened.server.asked.some(({ path }) => path === "/api/pull")).toBe(false);
  });
});

describe("data that leave the machine", () => {
  it("are reported once for a model that runs elsewhere, and never for one that runs here", async () => {
    await using cloud = await open({ show: { ...qwenShow, remote_host: "https://ollama.com:443" } });
    await cloud.backend.generate(ask("Hi"), call());
    await cloud.backend.generate(ask("Hi"), call());
    expect(cloud.logged).toEqual([expect.stringContaining("prompts go to ollama.com")]);
    expect(cloud.logged[0]).toContain("sample rows");
    // The loopback, but nothing that looks like it.
    await using server = await FakeOllama.start();
    const url = server.url.replace("127.0.0.1", "[::ffff:127.0.0.1]");
    await using elsewhere = await open({}, { url });
    await elsewhere.backend.generate(ask("Hi"), call());
    await elsewhere.backend.generate(ask("Hi"), call());
    expect(elsewhere.logged).toEqual([expect.stringContaining("prompts go to [::ffff")]);
    await using here = await open();
    await here.backend.generate(ask("Hi"), call());
    expect(here.logged).toEqual([]);
  });
});

describe("the plugin", () => {
  it("reads OLLAMA_HOST, and its options are described", () => {
    expect(plugin).toMatchObject({ kind: "backend", name: "ollama" });
    const schema = plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
    const described = Object.values(schema["properties"] as Record<string, { description?: string }>);
    expect(described.length).toBeGreaterThan(12);
    for (const { description } of described) expect(description).toMatch(/\.$/);
    const host = { cacheFolder: "", runFolder: "", env: (name: string) => `no ${name}`, log: () => undefined };
    expect(() => plugin.create(options.parse({ model: "m" }), host)).toThrow("no OLLAMA_HOST");
  });

  it.each([{}, { model: "" }, { model: "m", num_ctx: 1 }, { model: "m", keepAlive: "soon" }, { model: "m", topP: 0 }])(
    "refuses %j",
    (given) => {
      expect(options.safeParse(given).success).toBe(false);
    },
  );
});
