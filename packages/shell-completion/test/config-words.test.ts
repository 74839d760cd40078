import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configKeys, configWords, type JsonSchema } from "../src/index.ts";

const schema: JsonSchema = {
  properties: {
    $schema: { type: "string" },
    seed: { type: "integer", description: "Repeats a run." },
    rehearse: { type: "boolean" },
    budget: {
      type: "object",
      properties: {
        steps: { type: "integer" },
        tokens: { anyOf: [{ type: "integer" }, { type: "object", properties: { total: {}, prompt: {} } }] },
      },
    },
    search: { $ref: "#/$defs/search", description: "What to work on next." },
  },
  $defs: {
    search: {
      anyOf: [
        { oneOf: [{ const: "greedy" }, { const: "uct" }] },
        {
          type: "object",
          properties: { use: { examples: ["greedy", "uct"] } },
          // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
          allOf: [{ if: {}, then: { properties: { use: { const: "uct" }, reward: { enum: ["gain", "rank"] } } } }],
        },
        { $ref: "#/$defs/search" },
      ],
    },
  },
};
const keys = configKeys(schema);

describe("keys of a config", () => {
  it("are those that take a value, groups that also do among them, each once", () => {
    expect(keys.map(({ key }) => key)).toEqual([
      "seed",
      "rehearse",
      "budget.steps",
      "budget.tokens",
      "budget.tokens.total",
      "budget.tokens.prompt",
      "search",
      "search.use",
      "search.reward",
    ]);
  });

  it("know what they may be, and what they are for", () => {
    const search = keys.find(({ key }) => key === "search");
    expect(search).toEqual({ key: "search", values: ["greedy", "uct"], description: "What to work on next." });
  });
});

describe("a word that has been begun", () => {
  it.each([
    ["", ["seed=", "rehearse=", "budget.", "search=", "search."]],
    ["se", ["seed=", "search=", "search."]],
    ["budget.", ["budget.steps=", "budget.tokens=", "budget.tokens."]],
    ["budget.tokens.t", ["budget.tokens.total="]],
    ["search.reward=", ["search.reward=gain", "search.reward=rank"]],
    ["search=u", ["search=uct"]],
    ["rehearse=", ["rehearse=true", "rehearse=false"]],
    ["seed=", []],
    ["nothing", []],
    ["nothing=", []],
  ])('"%s" may become %j', (partial, words) => {
    expect(configWords(keys, partial)).toEqual(words);
  });

  const key = fc.constantFrom(...keys.map((one) => one.key));
  it("leads to every key, by a group at a time, from any of its beginnings", () => {
    fc.assert(
      fc.property(key, fc.nat(), (wanted, seed) => {
        let partial = wanted.slice(0, seed % (wanted.length + 1));
        for (let step = 0; step < 4 && !partial.endsWith("="); step++) {
          const word = configWords(keys, partial).find((one) => `${wanted}=`.startsWith(one));
          expect(word?.startsWith(partial)).toBe(true);
          partial = word ?? "";
        }
        expect(partial).toBe(`${wanted}=`);
      }),
    );
  });
});
