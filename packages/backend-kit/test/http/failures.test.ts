import { describe, expect, it } from "vitest";
import { refusalFailure, refusalText, retryAfterMs, saysOverflow } from "../../src/index.ts";

describe("retryAfterMs", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  it.each([
    [{ "retry-after": "3" }, 3000],
    [{ "retry-after": "1.5" }, 1500],
    [{ "retry-after-ms": "120", "retry-after": "3" }, 120],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:10 GMT" }, 10_000],
    [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{}, undefined],
  ])("%j is %j", (headers: Readonly<Record<string, string>>, expected) => {
    expect(retryAfterMs((name) => headers[name], now)).toBe(expected);
  });
});

describe("saysOverflow", () => {
  it.each([
    "This model's maximum context length is 2048 tokens. However, your prompt contains at least 2049 input tokens, which exceeds this limit",
    "You passed 9000 input tokens and requested 100 output tokens. However, the model's context length is only 8192 tokens",
    "the request exceeds the available context size, try increasing it",
    '{"error":{"code":400,"message":"…","type":"exceed_context_size_error"}}',
    "the prompt is longer than the context length currently available",
    "prompt is too long: 210000 tokens > 200000 maximum",
    '{"error":{"code":"context_length_exceeded"}}',
  ])("reads %s so", (text) => expect(saysOverflow(text)).toBe(true));

  it.each(["temperature must be non-negative", "Grammar error: Invalid type: nonsense", "model not found"])(
    "does not read %s so",
    (text) => expect(saysOverflow(text)).toBe(false),
  );
});

describe("refusalText", () => {
  it.each([
    ['{"error":{"message":"no","type":"bad"}}', "no (bad)"],
    ['{"error":"no"}', "no"],
    ['{"message":"no"}', "no"],
    ['{"detail":[{"message":"no"}]}', "no"],
    ['[{"error":{"message":"no"}}]', "no"],
    ["plain words", "plain words"],
    ["{}", "{}"],
    ["", ""],
  ])("%s says %s", (body, text) => expect(refusalText(body)).toBe(text));
});

it("a refusal quotes only the beginning of a long answer", () => {
  const error = refusalFailure({
    server: "s",
    status: 400,
    body: "x".repeat(10_000),
    model: "m",
    header: () => undefined,
    keyFix: "",
  });
  expect(error.facts["it says"]?.length).toBeLessThan(700);
});
