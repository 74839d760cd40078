import { beforeAll, describe, expect, it } from "vitest";
import { ask, call, open, pulled } from "./smollm2.ts";

describe("the default model, embedded", () => {
  beforeAll(() => pulled("qwen2.5-coder-1.5b"), 300_000);

  it("writes Python, and repeats itself for the same seed with a kept prefix", { timeout: 120_000 }, async () => {
    await using backend = await open({ model: "qwen2.5-coder-1.5b", contextTokens: 2048, sequences: 2 });
    const request = ask(
      "You are given a CSV file train.csv with columns a, b and y. Write a Python function `load()` that reads it with pandas and returns the features and the target as two values. Then explain nothing. Answer with one fenced block of code.",
      { maxTokens: 48 },
    );
    const first = await backend.generate(request, call());
    const second = await backend.generate(request, call());
    expect(first.text).toContain("```python");
    expect(first.text).toContain("import pandas");
    expect(second.text).toBe(first.text);
    expect(second.usage.cached).toBeGreaterThan(0);
  });
});
