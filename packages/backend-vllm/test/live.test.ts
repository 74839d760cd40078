import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenAiBackend, options as openAiOptions } from "@aide-ts/backend-openai";
import type { GenerateRequest } from "@aide-ts/plugin";
import { backendConformance } from "@aide-ts/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { folders } from "../../../tools/live/folders.ts";
import { startVllm, type Server } from "../../../tools/live/servers.ts";
import { options, VllmBackend } from "../src/index.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const logged: string[] = [];
const host = () => {
  const runFolder = mkdtempSync(join(tmpdir(), "aide-vllm-live-"));
  return {
    cacheFolder: runFolder,
    runFolder,
    env: (name: string) => process.env[name],
    log: (line: string) => void logged.push(line),
  };
};

const call = (grantedTokens = 40) => ({ seed: 3, grantedTokens, signal: new AbortController().signal });
const ask = (content: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [{ role: "user", content }],
  ...more,
});

describe("on a real vLLM", () => {
  describe("that runs already", () => {
    let server: Server | undefined;
    let url = "";
    beforeAll(async () => {
      server = await startVllm({ model: "smollm2-135m", flags: ["--enable-prompt-tokens-details"] });
      url = server.url;
    });
    afterAll(() => server?.[Symbol.asyncDispose]());
    const shared = host();
    const open = (more: object = {}) => new VllmBackend(options.parse({ url, ...more }), shared);

    backendConformance({ describe, it }, { name: "vllm", open: async () => open() });
    backendConformance(
      { describe, it },
      {
        name: "openai, of vLLM",
        open: async () => new OpenAiBackend(openAiOptions.parse({ url: `${url}/v1`, contextTokens: 2048 }), shared),
      },
    );

    it("says what it serves, and what it can do", async () => {
      await using backend = open();
      const { has, contextTokens, details } = await backend.capabilities(call().signal);
      expect(has).toEqual(["jsonSchema", "continuation"]);
      expect(contextTokens).toBe(2048);
      expect(details).toMatchObject({ version: "0.32.0", quantization: "none (bfloat16)" });
      expect(backend.model).toBe("smollm2-135m");
    });

    it("answers a prompt to the last token that fits, and refuses one more", async () => {
      await using backend = open();
      const fits = ask("word ".repeat(2000));
      const count = await backend.countTokens(fits);
      const most = ask("word ".repeat(2000 + 2047 - count));
      expect(await backend.countTokens(most)).toBe(2047);
      const { usage, finish } = await backend.generate(most, call());
      expect({ prompt: usage.prompt, answer: usage.answer, finish }).toEqual({
        prompt: 2047,
        answer: 1,
        finish: "length",
      });
      const more = ask("word ".repeat(2001 + 2047 - count));
      await expect(backend.generate(more, call())).rejects.toMatchObject({ code: "AIDE_CONTEXT_OVERFLOW" });
    });

    it("finds a prompt's beginning in the server's cache", async () => {
      await using backend = open();
      const prompt = "A long introduction that never changes. ".repeat(60);
      await backend.generate(ask(`${prompt}One.`), call(4));
      const { usage } = await backend.generate(ask(`${prompt}Two.`), call(4));
      expect(usage.cached).toBeGreaterThanOrEqual(256);
    });

    it("names the model that was meant", async () => {
      await using backend = open({ model: "smollm2-135" });
      await expect(backend.capabilities(call().signal)).rejects.toMatchObject({
        code: "AIDE_MODEL_NOT_FOUND",
        message: expect.stringContaining("did you mean smollm2-135m"),
      });
    });

    it("reports its cache and queue at the end", async () => {
      logged.length = 0;
      const backend = open();
      await backend.generate(ask("Hello."), call(4));
      await backend[Symbol.asyncDispose]();
      expect(logged.join("\n")).toMatch(/vLLM .* % of \d+ prompt tokens from its prefix cache/);
    });
  });

  describe("that is started for a model which thinks, and splits its thoughts off", () => {
    const backend = new VllmBackend(
      options.parse({
        path: join(folders.models, "smollm2-135m-think"),
        contextTokens: 2048,
        serve: {
          python: folders.python,
          flags: ["--enforce-eager", "--dtype", "bfloat16", "--reasoning-parser", "deepseek_r1"],
          env: { VLLM_CPU_KVCACHE_SPACE: "1", VLLM_CPU_OMP_THREADS_BIND: "nobind", HF_HUB_OFFLINE: "1" },
        },
      }),
      host(),
    );
    afterAll(() => backend[Symbol.asyncDispose](), 60_000);
    const question = "What is the capital of France? Explain.";

    it("can be given a budget for thoughts", async () => {
      const { has, details } = await backend.capabilities(call().signal);
      expect(has).toEqual(["jsonSchema", "continuation", "thoughtBudget"]);
      expect(details).toMatchObject({ thoughts: "split off by the server" });
    }, 240_000);

    it("keeps a thought to its budget, and answers then", async () => {
      const { reasoning, text, usage } = await backend.generate(ask(question, { maxThoughtTokens: 8 }), call());
      expect(reasoning).not.toBe("");
      expect(text.trim()).not.toBe("");
      expect(usage.reasoning).toBeLessThanOrEqual(8);
      expect(usage.estimated).toBe(false);
    });

    it("pauses after a thought, goes on with it, and answers from it", async () => {
      const paused = await backend.generate(ask(question, { maxThoughtTokens: 8, pauseAfterThought: true }), call());
      expect(paused).toMatchObject({ finish: "thought-end", text: "" });
      expect(paused.usage.reasoning).toBe(8);
      const reasoning = `${paused.reasoning}\nWait,`;
      const more = await backend.generate(
        ask(question, { maxThoughtTokens: 8, continueFrom: { reasoning, thinking: true, text: "" } }),
        call(),
      );
      expect(more.reasoning.startsWith(paused.reasoning)).toBe(false);
      const answer = await backend.generate(
        ask(question, { continueFrom: { reasoning, thinking: false, text: "The answer is" } }),
        call(),
      );
      expect(answer.reasoning).toBe("");
      expect(answer.text.startsWith("The answer is")).toBe(false);
    });

    it("says when a thought used up all tokens", async () => {
      const { finish, text } = await backend.generate(ask(question, { temperature: 0.8 }), call(4));
      expect({ finish, text }).toEqual({ finish: "length-in-thought", text: "" });
    });

    it("holds the answer to a schema, and not the thought", async () => {
      const schema = {
        type: "object",
        properties: { n: { type: "integer", maximum: 99 } },
        required: ["n"],
        additionalProperties: false,
      };
      const { reasoning, text } = await backend.generate(ask(question, { maxThoughtTokens: 8, schema }), call(100));
      expect(reasoning).not.toBe("");
      expect(JSON.parse(text)).toEqual({ n: expect.any(Number) });
    });

    it("counts what was written until it is stopped", async () => {
      const stop = new AbortController();
      let pieces = 0;
      const { finish, usage } = await backend.generate(ask(question, { maxThoughtTokens: 200 }), {
        ...call(300),
        signal: stop.signal,
        onProgress: ({ kind }) => void (kind === "text" && ++pieces === 4 && stop.abort()),
      });
      expect(finish).toBe("aborted");
      expect(usage.reasoning).toBeGreaterThanOrEqual(4);
      expect(usage.estimated).toBe(false);
    });
  });
});
