import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerateRequest } from "@aide-ts/plugin";
import { backendConformance } from "@aide-ts/testing";
import { afterAll, describe, expect, it, vi } from "vitest";
import { folders } from "../../../tools/live/folders.ts";
import { options, TransformersBackend } from "../src/index.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const runFolder = mkdtempSync(join(tmpdir(), "aide-transformers-live-"));
const open = (model: string, more: object = {}) =>
  new TransformersBackend(
    options.parse({
      path: join(folders.models, model),
      contextTokens: 512,
      // Threads that share cores with other programs wait for each other.
      serve: { python: folders.python, env: { OMP_NUM_THREADS: "1" } },
      ...more,
    }),
    { cacheFolder: runFolder, runFolder, env: (name) => process.env[name], log: () => undefined },
  );
const call = (grantedTokens = 40) => ({ seed: 3, grantedTokens, signal: new AbortController().signal });
const ask = (content: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [{ role: "user", content }],
  ...more,
});

describe("on a real transformers serve", () => {
  describe("for a model that does not think", () => {
    const backend = open("smollm2-135m");
    afterAll(() => backend[Symbol.asyncDispose]());

    backendConformance(
      { describe, it },
      { name: "transformers", open: async () => backend, close: async () => undefined, tokens: 24 },
    );

    it("counts prompts as the server does", async () => {
      const asked = ask("Grüße aus Köln, 世界! <|im_end|> x = [1, 2]");
      expect(await backend.countTokens(asked)).toBe((await backend.generate(asked, call(2))).usage.prompt);
    });

    it("samples only where its temperature asks for it", async () => {
      const texts = async (temperature: number) => {
        const all = [];
        for (const seed of [1, 2, 3])
          all.push((await backend.generate(ask("Name a colour.", { temperature }), { ...call(12), seed })).text);
        return new Set(all).size;
      };
      expect(await texts(0)).toBe(1);
      expect(await texts(1)).toBeGreaterThan(1);
    });
  });

  describe("for a model that thinks", () => {
    const backend = open("smollm2-135m-think");
    afterAll(() => backend[Symbol.asyncDispose]());
    const question = "Write a long story about a fox and a crow.";

    it("keeps a thought to its budget, and answers then", async () => {
      expect((await backend.capabilities(call().signal)).has).toContain("thoughtBudget");
      const { reasoning, text, usage } = await backend.generate(ask(question, { maxThoughtTokens: 6 }), call());
      expect(reasoning).not.toBe("");
      expect(text.trim()).not.toBe("");
      expect(usage.reasoning).toBeLessThanOrEqual(8);
    });

    it("goes on from a thought", async () => {
      const continueFrom = { reasoning: "The user wants a city. ", thinking: true, text: "" };
      const { reasoning, finish } = await backend.generate(ask(question, { continueFrom }), call(8));
      expect(reasoning).not.toBe("");
      expect(["length-in-thought", "stop"]).toContain(finish);
    });
  });
});
