import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { configText } from "../src/index.ts";

const schema = "./config.schema.json";
const task = { data_dir: "my_data", goal: "Predict y", metric: "rmse", backend: "llamacpp", budget: { time: "30m" } };

describe("the text of a first config", () => {
  it("says why keys have their values, and what those that are recommended do", () => {
    const text = configText({ schema, keys: task, because: { metric: "usual for such a target" }, heldBack: true });
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/config\.schema\.json\n/);
    expect(text).toContain("\nmetric: rmse # usual for such a target\n");
    expect(text).toContain(
      "\n\n# Five parts of the labelled rows are held back in turn: half the noise of one part.\nholdout:\n",
    );
    expect(parse(text)).toMatchObject({ ...task, coder: { form: "blocks" }, ensemble: "greedy" });
    expect(Object.keys(parse(text)).at(-1)).toBe("budget");
  });

  it("recommends nothing that needs rows held back where there are none", () => {
    expect(parse(configText({ schema, keys: task, because: {}, heldBack: false }))).toEqual(task);
  });

  it("lets keys that are given stand over recommended ones, plugins with their options", () => {
    const keys = { ...task, ensemble: "off", search: { use: "uct", children: 3 }, holdout: { folds: 3 } };
    expect(parse(configText({ schema, keys, because: {}, heldBack: true }))).toMatchObject(keys);
  });

  const words = fc.string({ unit: "grapheme", maxLength: 40 });
  it("holds whatever sentence is given, and no comment becomes a value", () => {
    fc.assert(
      fc.property(words, words, (goal, because) => {
        const reason = because.replaceAll(/\s+/g, " ");
        const text = configText({ schema, keys: { ...task, goal }, because: { metric: reason }, heldBack: true });
        expect(parse(text)).toMatchObject({ ...task, goal });
      }),
    );
  });
});
