import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chat, echo, eventsOf, jsonOf, post, serving, user } from "./serving.ts";

const runs = Number(process.env["AIDE_FUZZ"] ?? 300);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(-1, 0, 1e308, -1e308, 2 ** 53, 0.5, "", null, true, [], {}, [[]]),
);
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "\ud800", "data: [DONE]\n\n", "\u0000"));
const filled = fc.string({ unit: "binary", minLength: 1 });
/** Mostly good: a body of many fields must now and then be good as a whole. */
const mostly = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: odd });

const part = fc.record({ type: mostly(fc.constant("text")), text: mostly(text) }, { requiredKeys: ["type", "text"] });
const message = fc.record(
  {
    role: mostly(fc.constantFrom("system", "developer", "user", "assistant")),
    content: mostly(fc.oneof(text, fc.array(part))),
    reasoning_content: mostly(text),
    tool_calls: mostly(fc.constant([])),
  },
  { requiredKeys: ["role", "content"] },
);
const format = fc.record({
  type: mostly(fc.constantFrom("json_schema", "json_object", "text")),
  json_schema: mostly(fc.record({ schema: mostly(fc.dictionary(text, odd)) })),
});
/** Near enough to a good request to come past the first check. */
const near = fc
  .record(
    {
      messages: mostly(fc.array(message, { minLength: 1, maxLength: 4 })),
      model: mostly(fc.constant("scripted")),
      temperature: mostly(fc.double({ min: 0, max: 2, noNaN: true })),
      top_p: mostly(fc.double({ min: 0, max: 1, noNaN: true })),
      max_tokens: mostly(fc.integer({ min: 1 })),
      max_completion_tokens: mostly(fc.integer({ min: 1 })),
      max_thought_tokens: mostly(fc.nat()),
      stop: mostly(fc.oneof(filled, fc.array(filled, { maxLength: 16 }))),
      seed: mostly(fc.oneof(fc.maxSafeInteger(), fc.constantFrom(1e300, -0, -(2 ** 31)))),
      n: mostly(fc.constant(1)),
      stream: mostly(fc.boolean()),
      stream_options: mostly(fc.record({ include_usage: mostly(fc.boolean()) })),
      response_format: mostly(format),
      tools: mostly(fc.constant([])),
      logprobs: mostly(fc.constant(false)),
    },
    { requiredKeys: ["messages"] },
  )
  .chain((body) => fc.dictionary(text, odd, { maxKeys: 3 }).map((rest) => ({ ...rest, ...body })));
const bodies = fc.oneof(
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 6, arbitrary: near.map((body) => JSON.stringify(body)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(near, odd)
      .map(([body, value]) => `{"__proto__":${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`),
  },
);

describe("whatever body comes", () => {
  it.each(["/v1/chat/completions", "/tokenize"])(
    "%s answers it well, or refuses it well",
    { timeout: 600_000 },
    async (path) => {
      const scripted = echo({ has: ["seed", "continuation", "jsonSchema", "thoughtBudget"] });
      const backend = Object.assign(scripted, { countTokens: async () => 3 });
      await using served = await serving(backend);
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          const response = await post(`${served.url}${path}`, body, {
            signal: AbortSignal.timeout(10_000),
          });
          seen.add(response.status);
          if (response.status === 200) {
            if (response.headers.get("content-type")?.startsWith("text/event-stream") === true)
              expect((await eventsOf(response)).at(-1)).toBe("[DONE]");
            else expect(await jsonOf(response)).toBeTypeOf("object");
            return;
          }
          expect(response.status).toBeGreaterThanOrEqual(400);
          expect(response.status).toBeLessThan(500);
          const { error } = await jsonOf(response);
          expect(Object.keys(error)).toEqual(["message", "type", "param", "code"]);
          expect(error.message).not.toBe("");
          expect(error.code).toMatch(/^(AIDE_[A-Z_]+|[a-z_]+)$/);
        }),
        { numRuns: runs },
      );
      expect(served.warnings).toEqual([]);
      expect(seen.has(400)).toBe(true);
      expect(seen.has(200)).toBe(true);
    },
  );

  it("any text comes through unchanged, whole and streamed", { timeout: 600_000 }, async () => {
    await using served = await serving(echo());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 2000 }), async (content) => {
        const whole = await jsonOf(await chat(served.url, { messages: user(content) }));
        expect(whole.choices[0].message.content).toBe(content);
        const events = await eventsOf(await chat(served.url, { messages: user(content), stream: true }));
        expect(events.map((event) => event.choices?.[0]?.delta.content ?? "").join("")).toBe(content);
      }),
      { numRuns: Math.min(runs, 1000) },
    );
  });
});
