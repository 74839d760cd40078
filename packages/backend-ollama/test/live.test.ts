import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backendConformance } from "@aide-ts/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startOllama, type Server } from "../../../tools/live/servers.ts";
import { OllamaBackend, pullModel } from "../src/index.ts";
import { options } from "../src/options.ts";
import { ask, call, failureOf } from "./fake-ollama.ts";

vi.setConfig({ testTimeout: 300_000 });

/** One thread: two stall each other for minutes where anything else needs a core. */
const threads = 1;

/** SmolLM2 prompted to think: it goes on with the thought that the template opens, and seldom ends it. */
const thinkingModel = `{{- range $i, $_ := .Messages }}{{- $last := eq (len (slice $.Messages $i)) 1 -}}<|im_start|>{{ .Role }}
{{ if and (eq .Role "assistant") .Thinking }}<think>
{{ .Thinking }}
</think>
{{ end }}{{ .Content }}{{ if not (and $last (eq .Role "assistant")) }}<|im_end|>
{{ end }}{{ if and $last (ne .Role "assistant") }}<|im_start|>assistant
{{ if $.Think }}<think>
{{ end }}{{ end }}{{ end }}`;

describe("on a real Ollama", () => {
  let server: Server | undefined;
  let url = "";
  const logged: string[] = [];
  const open = async (more: object = {}): Promise<OllamaBackend> => {
    const runFolder = await mkdtemp(join(tmpdir(), "aide-ollama-live-"));
    const host = { runFolder, env: () => undefined, log: (line: string) => void logged.push(line) };
    const chosen = { model: "smollm2", url, contextTokens: 512, threads: threads, ...more };
    return new OllamaBackend(options.parse(chosen), host);
  };
  const ollama = async (path: string, body: object, method = "POST"): Promise<string> => {
    const answer = await fetch(`${url}${path}`, { method, body: JSON.stringify(body) });
    return answer.text();
  };
  const { signal } = new AbortController();

  beforeAll(async () => {
    server = await startOllama();
    url = server.url;
    await ollama("/api/create", { model: "aide-thinking", from: "smollm2", template: thinkingModel });
  }, 600_000);

  afterAll(async () => {
    if (server === undefined) return;
    await ollama("/api/delete", { model: "aide-thinking" }, "DELETE");
    await server[Symbol.asyncDispose]();
  });

  backendConformance({ describe, it }, { name: "ollama", open: () => open(), tokens: 40 });

  describe("what it has", () => {
    it("is reported: version, digest, quantisation, template", async () => {
      await using backend = await open();
      const { has, contextTokens, details } = await backend.capabilities(signal);
      expect(has).toEqual(["jsonSchema", "continuation"]);
      expect(contextTokens).toBe(512);
      expect(details).toMatchObject({
        server: "ollama",
        version: expect.stringMatching(/^\d+\.\d+/),
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        family: "llama",
        quantisation: "Q4_1",
        parameters: "134.52M",
        trainedContext: 8192,
        template: expect.stringMatching(/^sha256:/),
        refusesLongPrompts: true,
        countsCached: true,
      });
    });

    it("caps the context that is asked for", async () => {
      await using backend = await open({ contextTokens: 100_000 });
      expect((await backend.capabilities(signal)).contextTokens).toBe(8192);
    });

    it("lacks a model by its name, with the one that was meant", async () => {
      await using backend = await open({ model: "smolm2" });
      const failure = await failureOf(backend.generate(ask("Hi"), call()));
      expect(failure).toMatchObject({
        code: "AIDE_MODEL_NOT_FOUND",
        fix: expect.stringContaining("ollama pull smolm2"),
      });
      expect(failure.message).toContain("did you mean smollm2?");
    });

    it("does not pull what no registry has", async () => {
      const pull = pullModel("aide-no-such-model", { url, signal, say: (line) => void logged.push(line) });
      expect((await failureOf(pull)).code).toMatch(/^AIDE_MODEL_(PULL|NOT_FOUND)$/);
    });

    it("does not think where it cannot, and says so", async () => {
      await using backend = await open({ thinking: true });
      expect(await failureOf(backend.generate(ask("Hi"), call()))).toMatchObject({
        code: "AIDE_MODEL_UNFIT",
        fix: expect.stringContaining("thinking=auto"),
      });
    });
  });

  describe("a context", () => {
    it("is kept to the token: what fits is whole, what does not is refused", async () => {
      await using backend = await open({ temperature: 0 });
      const made = await backend.generate(ask("word ".repeat(480)), call({ grantedTokens: 4 }));
      expect(made.usage).toMatchObject({ estimated: false });
      expect(made.usage.prompt).toBeGreaterThan(480);
      expect(made.usage.prompt).toBeLessThan(512);
      expect(await failureOf(backend.generate(ask("word ".repeat(520)), call()))).toMatchObject({
        code: "AIDE_CONTEXT_OVERFLOW",
        facts: { "it says": expect.stringContaining("exceeds the context length") },
      });
    });

    it("that an answer fills ends it by length", async () => {
      await using backend = await open({ contextTokens: 256, repetitionPenalty: 1.2 });
      const request = ask("Write a very long story about a dog, a cat and their many friends. Do not stop.");
      const made = await backend.generate(request, call({ grantedTokens: 2000 }));
      expect(made.finish).toBe("length");
      expect(made.usage.prompt + made.usage.answer).toBeLessThanOrEqual(257);
    });

    it("counts tokens that were evaluated before like all others", async () => {
      await using backend = await open();
      const counts = [];
      for (let time = 0; time < 2; time++)
        counts.push((await backend.generate(ask("Count to three."), call({ grantedTokens: 4 }))).usage.prompt);
      expect(counts[1]).toBe(counts[0]);
    });
  });

  describe("a server that cuts prompts, as older ones do", () => {
    /** The real server, asked as one that does not know `truncate` and `shift`. */
    const older = async (): Promise<{ url: string } & AsyncDisposable> => {
      const proxy = createServer(async (request, response) => {
        let text = "";
        for await (const chunk of request) text += String(chunk);
        const { truncate: _truncate, shift: _shift, ...body } = text === "" ? {} : JSON.parse(text);
        const post = { method: "POST", body: JSON.stringify(body) };
        const answer = await fetch(`${url}${request.url}`, request.method === "POST" ? post : {});
        response.writeHead(answer.status);
        for await (const chunk of answer.body ?? []) response.write(chunk);
        response.end();
      }).listen(0, "127.0.0.1");
      await once(proxy, "listening");
      const address = proxy.address();
      if (address === null || typeof address === "string") throw new Error("no port");
      return {
        url: `http://127.0.0.1:${address.port}`,
        async [Symbol.asyncDispose]() {
          proxy.closeAllConnections();
          proxy.close();
          await once(proxy, "close");
        },
      };
    };

    it("is found out, and what it cuts is an error all the same", async () => {
      await using proxy = await older();
      await using backend = await open({ url: proxy.url, contextTokens: 256 });
      expect((await backend.capabilities(signal)).details).toMatchObject({ refusesLongPrompts: false });
      expect(logged.at(-1)).toContain("cuts prompts");
      // Far too long by any guess, too long though the guess says that it fits, and a filled context that was shifted.
      for (const words of ["word ".repeat(600), "a b ".repeat(140)])
        expect(await failureOf(backend.generate(ask(words), call()))).toMatchObject({ code: "AIDE_CONTEXT_OVERFLOW" });
      const story = ask("Write a very long story about a dog, a cat and their many friends. Do not stop.");
      const made = await backend.generate(story, call({ grantedTokens: 300 }));
      expect(made.finish).toBe("length");
    });

    it("loses no message silently", async () => {
      await using proxy = await older();
      await using backend = await open({ url: proxy.url, contextTokens: 256 });
      const messages = [
        { role: "user", content: "a b ".repeat(80) },
        { role: "assistant", content: "Yes." },
        { role: "user", content: "c d ".repeat(80) },
      ] as const;
      expect(await failureOf(backend.generate({ messages }, call()))).toMatchObject({
        code: "AIDE_CONTEXT_OVERFLOW",
        message: expect.stringContaining("more messages"),
      });
    });
  });

  describe("an answer", () => {
    it("that repeats itself is ended by the server, and is a repetition", async () => {
      await using backend = await open({ temperature: 0, repetitionPenalty: 1, contextTokens: 1024 });
      const text = "a a a a a a a a a a a a a a a a a a a a";
      const continueFrom = { reasoning: "", thinking: false, text };
      const made = await backend.generate(ask("Say a for ever.", { continueFrom }), call({ grantedTokens: 400 }));
      expect(made.finish).toBe("repetition");
      expect(made.usage.answer).toBeGreaterThan(29);
      expect(made.usage.estimated).toBe(true);
    });

    it("goes on to the letter from where it stopped", async () => {
      await using backend = await open({ temperature: 0, repetitionPenalty: 1 });
      const request = ask("List the numbers from 1 to 30, with commas.");
      const continueFrom = { reasoning: "", thinking: false, text: "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12," };
      const made = await backend.generate({ ...request, continueFrom }, call({ grantedTokens: 12 }));
      expect(made.text).toMatch(/^ 13, 14/);
    });

    it("keeps to a schema, and a schema that is none is refused", async () => {
      await using backend = await open();
      const schema = {
        type: "object",
        properties: { name: { type: "string", maxLength: 10 }, age: { type: "integer" } },
        required: ["name", "age"],
      };
      const { text } = await backend.generate(ask("Describe Tom, aged 5.", { schema }), call({ grantedTokens: 80 }));
      expect(JSON.parse(text)).toEqual({ name: expect.any(String), age: expect.any(Number) });
      const failure = await failureOf(backend.generate(ask("Hi", { schema: { type: "nonsense" } }), call()));
      expect(failure.code).toBe("AIDE_SCHEMA_UNSUPPORTED");
    });

    it("is left when it is stopped: the next one does not wait for it", async () => {
      await using backend = await open({ contextTokens: 2048 });
      const stop = new AbortController();
      const made = await backend.generate(ask("Write a very long story about a dog."), {
        ...call({ signal: stop.signal, grantedTokens: 1500 }),
        onProgress: ({ kind }) => void (kind === "text" && stop.abort()),
      });
      expect(made.finish).toBe("aborted");
      const next = await backend.generate(ask("Hi"), call({ grantedTokens: 3 }));
      expect(next.timing.firstTokenMs).toBeLessThan(15_000);
    });
  });

  describe("a thought", () => {
    const thinking = () => open({ model: "aide-thinking", temperature: 0 });

    it("is reasoning, and a finish of its own where it uses up the tokens", async () => {
      await using backend = await thinking();
      expect((await backend.capabilities(signal)).has).toEqual(["jsonSchema", "continuation", "thoughtBudget"]);
      const made = await backend.generate(ask("Name a city."), call({ grantedTokens: 6 }));
      expect(made).toMatchObject({ text: "", finish: "length-in-thought", usage: { reasoning: 6, answer: 0 } });
      expect(made.reasoning).not.toBe("");
    });

    it("is cut at its budget and answered then", async () => {
      await using backend = await thinking();
      const made = await backend.generate(ask("Name a city.", { maxThoughtTokens: 6 }), call({ grantedTokens: 30 }));
      expect(made.reasoning).not.toBe("");
      expect(made.text).not.toBe("");
      expect(made.reasoning + made.text).not.toContain("think>");
      expect(made.usage.reasoning).toBeGreaterThanOrEqual(6);
      expect(made.usage.reasoning + made.usage.answer).toBeLessThanOrEqual(30);
    });

    it("pauses the call where that is asked for, and goes on in another", async () => {
      await using backend = await thinking();
      const request = ask("Name a city.", { maxThoughtTokens: 6, pauseAfterThought: true });
      const paused = await backend.generate(request, call({ grantedTokens: 30 }));
      expect(paused).toMatchObject({ finish: "thought-end", text: "", usage: { reasoning: 6, answer: 0 } });
      const inThought = { reasoning: paused.reasoning, thinking: true, text: "" };
      const more = await backend.generate(ask("Name a city.", { continueFrom: inThought }), call({ grantedTokens: 5 }));
      expect(more).toMatchObject({ text: "", finish: "length-in-thought" });
      const over = { reasoning: paused.reasoning, thinking: false, text: "" };
      const made = await backend.generate(ask("Name a city.", { continueFrom: over }), call({ grantedTokens: 8 }));
      expect(made.reasoning).toBe("");
      expect(made.text).not.toBe("");
    });

    it("is not had where it is not let", async () => {
      await using backend = await open({ model: "aide-thinking", thinking: false });
      const made = await backend.generate(ask("Name a city."), call({ grantedTokens: 6 }));
      expect(made.reasoning).toBe("");
      expect(made.text).not.toBe("");
    });
  });
});
