import type { ModelName } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { backendForModel } from "../src/model-names.ts";
import { translated, type Input } from "./translated.ts";

const backendFor = (name: ModelName) => backendForModel(name, async () => "vllm");

describe("the seed's keys", () => {
  it("become ours", async () => {
    const { config } = await translated({
      agent: {
        steps: 9,
        code: { model: "deepseek-7b", temp: 0.7, quantization: "4-bit" },
        model: { path: "./models/deepseek-7b" },
        search: { num_drafts: 5, debug_prob: 0.3, max_debug_depth: 2 },
      },
      exec: { timeout: 300 },
    });
    expect(config).toMatchObject({
      budget: { steps: 9 },
      backend: { use: "vllm", options: { model: "deepseek-7b", path: "./models/deepseek-7b", quantization: "4-bit" } },
      search: { use: "greedy", options: { drafts: 5, debugProbability: 0.3, maxDebugDepth: 2 } },
      sampling: { temperature: 0.7 },
      executor: { use: "local", options: { seconds: 300 } },
    });
  });

  it("that nothing follows from are named with the reason, unless they ask for what is done anyway", async () => {
    const warningsOf = async (more: Input) => (await translated(more)).warnings;
    expect(await warningsOf({ copy_data: true, generate_report: true })).toEqual([]);
    expect(await warningsOf({ copy_data: false, generate_report: false, report: { model: "gpt-4o" } })).toEqual([
      "copy_data has no effect: each script gets a copy of its own.",
      "generate_report has no effect: report.md is written from the log, without a model.",
      "report has no effect: report.md is written from the log, without a model.",
    ]);
    expect(Object.keys((await translated({ copy_data: true })).config)).not.toContain("copy_data");
  });

  it("name a backend by its model, or by its name", async () => {
    const withBackend = async (backend: unknown, model?: string) =>
      (await translated({ backend, ...(model === undefined ? {} : { agent: { code: { model } } }) })).config.backend;
    expect(await withBackend({ contextTokens: 4096 })).toEqual({ use: "llamacpp", options: { contextTokens: 4096 } });
    expect(await withBackend({ concurrency: 3 }, "gpt-5-mini")).toMatchObject({
      use: "openai",
      options: { model: "gpt-5-mini", concurrency: 3 },
    });
    expect(await withBackend({ use: "vllm" }, "gpt-5-mini")).toEqual({ use: "vllm", options: {} });
  });
});

describe("a model's name", () => {
  it.each([
    [{}, "llamacpp"],
    [{ model: "deepseek-32b" }, "vllm"],
    [{ model: "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B" }, "vllm"],
    [{ model: "deepseek-r1:latest" }, "ollama"],
    [{ model: "qwen2.5:14b-instruct" }, "ollama"],
    [{ model: "./some.gguf" }, "llamacpp"],
    [{ model: "gpt-4o" }, "openai"],
    [{ model: "o3" }, "openai"],
    [{ model: "claude-sonnet-4" }, "openai"],
    [{ model: "gemini-2.5-pro" }, "openai"],
  ])("%j is served by %s", async (model, use) => {
    expect((await backendFor(model)).use).toBe(use);
  });

  it("one letter off a known tag is asked about", async () => {
    await expect(backendFor({ model: "deepseek-r1:latesb" })).rejects.toThrow("did you mean deepseek-r1:latest?");
  });

  it("that no rule knows is refused", async () => {
    await expect(backendFor({ model: "my-model" })).rejects.toThrow("Nothing tells which backend");
  });
});
