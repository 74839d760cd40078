import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConfig, loadConfig, merge, parseOverrides } from "../../src/index.ts";

const check = (input: object) => checkConfig({ data_dir: "data", ...input }, "test");
const failure = (input: object): string => {
  try {
    check(input);
  } catch (error) {
    return `${(error as Error).message} ${JSON.stringify((error as { facts?: unknown }).facts)}`;
  }
  return "";
};

describe("a config", () => {
  it("is filled with defaults", () => {
    expect(check({})).toMatchObject({
      seed: 0,
      slots: 1,
      budget: { steps: 20 },
      search: { use: "greedy", options: {} },
      evaluators: [{ use: "held-out" }, { use: "reported" }, { use: "review" }],
    });
  });

  it.each([
    [{ stratgies: [] }, 'Unknown key "stratgies" (did you mean "strategies"?)'],
    [{ budget: { stpes: 3 } }, 'Unknown key "budget.stpes" (did you mean "budget.steps"?)'],
    [
      { agent: { search: { num_draft: 3 } } },
      'Unknown key "agent.search.num_draft" (did you mean "agent.search.num_drafts"?)',
    ],
    [{ slots: "many" }, '"slots"'],
    [{ data_dir: undefined }, "data_dir"],
    [{ seed: -1 }, '"seed"'],
  ])("%j is refused, saying what is wrong", (input, problem) => {
    expect(failure(input)).toContain(problem);
  });

  it("reads counts and times as people write them", () => {
    const { budget } = check({ budget: { tokens: "200_000", time: "1.5h" } });
    expect(budget).toMatchObject({ tokens: { total: 200_000 }, time: 5400 });
  });
});

describe("key=value", () => {
  it("goes into objects, and texts stay texts", () => {
    expect(
      parseOverrides([
        "agent.steps=10",
        "agent.search.debug_prob=0.7",
        "goal=2024",
        "strategies=[]",
        "agent.code.temp=null",
        "budget.tokens=200_000",
        "eval=a=b: c",
      ]),
    ).toEqual({
      agent: { steps: 10, search: { debug_prob: 0.7 }, code: { temp: null } },
      goal: "2024",
      strategies: [],
      budget: { tokens: 200_000 },
      eval: "a=b: c",
    });
  });

  it.each([
    ["[reflection]", ["reflection"]],
    ['["reflection"]', ["reflection"]],
    ["[{ use: self-consistency, samples: 3 }, reflection]", [{ use: "self-consistency", samples: 3 }, "reflection"]],
    ["[reflection", "[reflection"],
  ])("reads a list from %s, as a shell leaves it", (written, strategies) => {
    expect(parseOverrides([`strategies=${written}`])).toEqual({ strategies });
  });

  it.each(["steps", "=3"])("%j is refused", (argument) => {
    expect(() => parseOverrides([argument])).toThrow("neither a command nor key=value");
  });
});

describe("layers", () => {
  const layers = fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.oneof(fc.integer(), fc.array(fc.integer()), fc.dictionary(fc.constantFrom("x", "y"), fc.integer())),
  );

  it("of a command line may stand in any order", () => {
    const args = ["backend.contextTokens=8192", "backend.use=vllm", "backend.serve.port=1", "seed=3"];
    fc.assert(
      fc.property(fc.shuffledSubarray(args, { minLength: args.length }), (shuffled) => {
        expect(parseOverrides(shuffled)).toEqual(parseOverrides(args));
      }),
    );
    expect(parseOverrides(args)).toEqual({
      backend: { use: "vllm", contextTokens: 8192, serve: { port: 1 } },
      seed: 3,
    });
  });

  it("merge so that the later wins, and lists are replaced", () => {
    fc.assert(
      fc.property(layers, layers, (base, over) => {
        const merged = merge(base, over);
        for (const [key, value] of Object.entries(over)) {
          if (typeof value !== "object" || Array.isArray(value)) expect(merged[key]).toEqual(value);
          else expect(merged[key]).toMatchObject(value);
        }
        for (const key of Object.keys(base)) if (!(key in over)) expect(merged[key]).toEqual(base[key]);
      }),
    );
  });

  it("drop the options of a plugin that another one replaces", () => {
    expect(merge({ search: { use: "greedy", drafts: 3 } }, { search: { use: "uct" } })).toEqual({
      search: { use: "uct" },
    });
    expect(merge({ search: { drafts: 3 } }, { search: { use: "uct" } })).toEqual({ search: { use: "uct", drafts: 3 } });
    expect(merge({ search: { use: "greedy", drafts: 3 } }, { search: { drafts: 5 } })).toEqual({
      search: { use: "greedy", drafts: 5 },
    });
  });
});

describe("config files", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "aide-config-"));

  it("extend others, with paths from their own folders", async () => {
    const root = folder();
    mkdirSync(join(root, "base"));
    writeFileSync(join(root, "base", "base.yaml"), "data_dir: ./data\nbudget: { steps: 3, time: 1h }\n");
    writeFileSync(join(root, "own.yaml"), "extends: ./base/base.yaml\nbudget: { steps: 5 }\n");
    const { layer } = await loadConfig("own.yaml", root);
    expect(layer).toEqual({ data_dir: join(root, "base", "data"), budget: { steps: 5, time: "1h" } });
  });

  it.each([
    ["missing.yaml", "", "There is no config file"],
    ["broken.yaml", "a: [1,\nb: {", "could not be read: deficient indentation (2:1)."],
    ["twice.yaml", "a: 1\nb: 2\na: 3\n", "could not be read: duplicated mapping key (3:1)."],
    ["broken.json", '{ "a": 1, }', "could not be read: Expected double-quoted property name in JSON at position 10"],
    ["throws.mjs", "throw new Error('no such host.');", "could not be read: no such host."],
    ["list.yaml", "- 1\n- 2\n", "not a list of keys"],
    ["circle.yaml", "extends: ./circle.yaml\n", "in a circle"],
    ["orphan.yaml", "extends: ./nowhere.yaml\n", "There is no config file"],
  ])("%s gives one clear error", async (name, text, message) => {
    const root = folder();
    if (text !== "") writeFileSync(join(root, name), text);
    await expect(loadConfig(name, root)).rejects.toThrow(message);
  });
});
