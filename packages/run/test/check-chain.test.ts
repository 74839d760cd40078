import type { Shape } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { checkBudget } from "../src/compose/check-budget.ts";
import { checkChain } from "../src/compose/check-chain.ts";
import { PluginPrompts } from "../src/compose/plugin-prompts.ts";

const once: Shape = { generations: [0, 1], next: [1, 1] };
const strategy = (name: string, shape: Shape = once, options: unknown = {}) => ({ name, shape, options });
const parts = strategy("parts", { ...once, next: [1, 6], operators: ["draft"], asks: { draft: "segment" } });
const works = (...operators: readonly string[]) => strategy("inner", { ...once, operators });

describe("a chain in which a strategy would never do anything", () => {
  it.each([[["draft"]], [["draft", "draft"]]])("is refused: %j inside what asks for segments instead", (operators) => {
    expect(() => checkChain([strategy("outer"), parts, works(...operators)])).toThrow(
      expect.objectContaining({ code: "AIDE_CHAIN_UNREACHED", message: expect.stringContaining('"parts" around it') }),
    );
  });

  it.each([
    ["it works on something else too", [parts, works("draft", "improve")]],
    ["it works on the segments", [parts, works("segment")]],
    ["it works on everything", [parts, strategy("inner")]],
    ["it stands outside", [works("draft"), parts]],
    [
      "another one asks for drafts again",
      [parts, strategy("back", { ...once, asks: { segment: "draft" } }), works("draft")],
    ],
    ["only a search knows the operator", [parts, works("mutate")]],
  ])("is not seen where %s", (_, chain) => {
    expect(() => checkChain(chain)).not.toThrow();
  });
});

describe("the same strategy twice", () => {
  const samples = (count: number) => strategy("sampling", once, { samples: count });
  const forcing = (...phases: readonly string[]) => strategy("forcing", once, { extend: phases.length, phases });

  it("is refused directly around itself with the same options", () => {
    expect(() => checkChain([strategy("outer"), samples(3), samples(3)])).toThrow(
      expect.objectContaining({ code: "AIDE_CHAIN_TWICE", message: expect.stringContaining('"sampling"') }),
    );
  });

  it("may be wanted with other options, or apart", () => {
    expect(() => checkChain([samples(3), samples(2)])).not.toThrow();
    expect(() => checkChain([samples(3), strategy("between"), samples(3)])).not.toThrow();
    expect(() => checkChain([samples(3), strategy("other", once, { samples: 3 })])).not.toThrow();
  });

  it("is refused where both wrap the same calls", () => {
    for (const between of [[], [strategy("between")]])
      expect(() => checkChain([forcing("code", "plan"), ...between, forcing("code")])).toThrow(
        expect.objectContaining({ code: "AIDE_CHAIN_WRAPPED_TWICE", message: expect.stringContaining("phase code:") }),
      );
    expect(() => checkChain([forcing("plan"), forcing("code")])).not.toThrow();
    expect(() => checkChain([strategy("other", once, { phases: ["code"] }), forcing("code")])).not.toThrow();
  });
});

describe("prompts of one name", () => {
  const added = (...plugins: readonly { name: string; prompts: Record<string, string> }[]) => {
    const prompts = new PluginPrompts();
    for (const plugin of plugins) prompts.add(plugin);
    return prompts.texts;
  };

  it("are refused where their texts differ", () => {
    expect(() => added({ name: "a", prompts: { "x/y": "1" } }, { name: "b", prompts: { "x/y": "2" } })).toThrow(
      expect.objectContaining({
        code: "AIDE_PROMPT_TWICE",
        message: '"a" and "b" each bring a prompt "x/y", with different texts.',
      }),
    );
  });

  it("may be shared", () => {
    const prompts = { "x/y": "1" };
    expect(added({ name: "a", prompts }, { name: "b", prompts: { ...prompts, "b/z": "2" } })).toEqual({
      "x/y": "1",
      "b/z": "2",
    });
  });
});

describe("a budget that no step fits in", () => {
  const config = (budget: object, more: object = {}) => ({
    budget: { steps: 5, ...budget },
    prices: { m: { prompt: 1, answer: 1000 } },
    coder: { form: "script" as const, drafts: "defaults" as const },
    sampling: { maxTokens: 500 },
    backend: { use: "x", options: { model: "m" } },
    ...more,
  });
  const chain = [strategy("sampling", { generations: [0, 0], next: [3, 3] })];

  it.each([
    [
      { tokens: { total: 500 } },
      "budget.tokens=500",
      "Raise budget.tokens above 1,500: a first step makes 3 calls or more.",
    ],
    [{ tokens: { answer: 499 } }, "budget.tokens.answer=499", "Raise budget.tokens.answer"],
    [{ tokens: { reasoning: 499 } }, "budget.tokens.reasoning=499", "Raise budget.tokens.reasoning"],
    [{ tokens: { prompt: 0 } }, "budget.tokens.prompt=0", "Raise budget.tokens.prompt"],
    [{ cost: 0.4 }, "budget.cost=0.4", "Raise budget.cost"],
    [{ executions: 0 }, "budget.executions=0", "Raise budget.executions to 1"],
  ])("is refused: %j", async (budget, message, fix) => {
    await expect(checkBudget(chain, config(budget))).rejects.toMatchObject({
      code: "AIDE_BUDGET_TOO_SMALL",
      message: expect.stringContaining(message),
      fix: expect.stringContaining(fix),
    });
  });

  it.each([
    [{}],
    [{ tokens: { total: 501 } }],
    [{ tokens: { answer: 500, reasoning: 500, prompt: 1 } }],
    [{ cost: 0.6 }],
    [{ executions: 1 }],
    [{ tokens: { roles: { code: 1 } } }],
  ])("is not seen in %j", async (budget) => {
    await expect(checkBudget(chain, config(budget))).resolves.toBeUndefined();
  });

  it("is one of scripts alone where the coder asks no model", async () => {
    const defaults = { coder: { form: "defaults" as const } };
    await expect(checkBudget(chain, config({ tokens: { total: 1 } }, defaults))).resolves.toBeUndefined();
    await expect(checkBudget(chain, config({ executions: 0 }, defaults))).rejects.toMatchObject({
      message: expect.stringContaining("budget.executions=0"),
    });
  });

  it("is not seen where the model is not known to cost anything, or drafts need no coder", async () => {
    const tiny = { tokens: { total: 1 } };
    await expect(checkBudget([{ shape: { ...once, replaces: ["draft"] } }], config(tiny))).resolves.toBeUndefined();
    await expect(checkBudget([{}], config(tiny))).resolves.toBeUndefined();
    await expect(checkBudget([], config({ cost: 0 }, { prices: {} }))).resolves.toBeUndefined();
  });
});
