import type { Layer } from "@aide-ts/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { dataKeyOf } from "../../src/sharing/data-key.ts";

const base: Layer = { data_dir: "house", seed: 1, holdout: { folds: 5 }, strategies: [], search: "greedy" };

it.each<[string, unknown]>([
  ["search", { use: "uct" }],
  ["strategies", ["reflection"]],
  ["coder", { form: "blocks" }],
  ["budget", { steps: 3 }],
  ["ensemble", "greedy"],
])("scripts see the same data whatever %s is", (key, value) => {
  expect(dataKeyOf({ ...base, [key]: value })).toBe(dataKeyOf(base));
});

it("and other data, or limits, by any other key", () => {
  const known = ["backend", "backends", "budget", "coder", "ensemble", "evaluators", "prompts", "refit", "sampling"];
  const keys = fc.string({ minLength: 1 }).filter((key) => ![...known, "search", "strategies"].includes(key));
  fc.assert(
    fc.property(keys, fc.integer(), (key, value) => {
      expect(dataKeyOf({ ...base, [key]: value, seed: 2 })).not.toBe(dataKeyOf({ ...base, [key]: value }));
      expect(dataKeyOf({ ...base, [key]: `${value}` })).not.toBe(dataKeyOf({ ...base, [key]: `${value} other` }));
    }),
  );
  expect(dataKeyOf({ ...base, holdout: { folds: 1 } })).not.toBe(dataKeyOf(base));
});
