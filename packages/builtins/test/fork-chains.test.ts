import { describe, expect, it } from "vitest";
import { translated } from "./translated.ts";

const configured = (agent: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  translated({ goal: "y", ...more, agent });
const chain = async (name: string, agent: Record<string, unknown> = {}) =>
  (await configured({ ITS_Strategy: name, ...agent })).config.strategies;
const uses = async (name: string) => (await chain(name)).map(({ use }) => use);

describe("the fork's strategies", () => {
  it.each([
    ["Baseline", []],
    ["none", []],
    ["self-reflection", ["reflection"]],
    ["planner", ["plan-then-code"]],
    ["Split-planner-coder", ["plan-then-code"]],
    ["code-chain", ["plan-then-code", "code-chain"]],
    ["codechain_v2", ["plan-then-code", "code-chain", "reflection"]],
    ["codechain_v3", ["plan-then-code", "code-chain", "reflection"]],
    ["chain-reflect", ["reflection", "plan-then-code", "code-chain"]],
    ["self-consistency", ["self-consistency"]],
    ["self-debug", ["self-debug"]],
  ])("%s is the chain %j", async (name, expected) => {
    expect(await uses(name)).toEqual(expected);
  });

  it("take the place of the chain that is configured, and leave it without a name", async () => {
    const strategies = ["static-repair"];
    expect((await configured({ ITS_Strategy: "planner" }, { strategies })).config.strategies).toHaveLength(1);
    expect((await configured({}, { strategies })).config.strategies).toEqual([{ use: "static-repair", options: {} }]);
  });

  it("reflect on drafts that failed, or on each part of a chained script", async () => {
    const [onDrafts] = await chain("self-reflection");
    expect(onDrafts?.options).toMatchObject({
      trigger: "onFailure",
      operators: ["draft"],
      rounds: 1,
      accept: "always",
    });
    expect((await chain("chain-reflect"))[0]).toEqual(onDrafts);
    for (const name of ["codechain_v2", "codechain_v3"])
      expect((await chain(name))[2]?.options).toMatchObject({ trigger: "always", operators: ["segment"] });
    expect((await chain("codechain_v2"))[1]?.options).toEqual({});
    expect((await chain("codechain_v3"))[1]?.options).toEqual({ chunk: 2 });
  });

  it.each([
    [{}, { samples: 3, select: "best-score" }],
    [{ num_responses: 7 }, { samples: 7, select: "best-score" }],
    [{ selection_strategy: "interpreter_first_success" }, { samples: 3, select: "first-success" }],
    [{ selection_strategy: "interpreter_best_metric" }, { samples: 3, select: "best-score" }],
  ])("sample as agent.selfConsistency=%j says", async (selfConsistency, options) => {
    expect(await chain("self-consistency", { selfConsistency })).toEqual([{ use: "self-consistency", options }]);
  });

  it("debug as often as agent.s_star_iterative_debug says", async () => {
    expect((await chain("self-debug"))[0]?.options).toEqual({ rounds: 3 });
    expect((await chain("self-debug", { s_star_iterative_debug: { max_rounds: 5 } }))[0]?.options).toEqual({
      rounds: 5,
    });
  });

  it("plan with agent.code.planner_model, which need not be there where nothing plans", async () => {
    const code = { model: "gpt-4o", planner_model: "deepseek-r1:14b" };
    for (const name of ["planner", "codechain_v2", undefined]) {
      const { config, warnings } = await configured({ ...(name === undefined ? {} : { ITS_Strategy: name }), code });
      expect(config.backends["planner"]).toMatchObject({ use: "ollama", options: { model: "deepseek-r1:14b" } });
      expect(warnings).toEqual([]);
    }
    const { config, warnings } = await configured({ ITS_Strategy: "Baseline", code });
    expect(config.backends).toEqual({});
    expect(warnings).toEqual(["agent.code.planner_model has no effect: nothing plans in Baseline."]);
    const own = { planner: { use: "./mine.mjs" } };
    expect(
      (await configured({ ITS_Strategy: "planner", code }, { backends: own })).config.backends["planner"]?.use,
    ).toBe("./mine.mjs");
  });

  it("say which of their keys have no effect", async () => {
    expect(
      (await configured({ selfConsistency: { num_responses: 3 }, s_star_iterative_debug: { max_rounds: 3 } })).warnings,
    ).toEqual([
      "agent.selfConsistency has no effect: only agent.ITS_Strategy=self-consistency reads it.",
      "agent.s_star_iterative_debug has no effect: only agent.ITS_Strategy=self-debug reads it.",
    ]);
    expect((await configured({ ITS_Strategy: "self-debug", s_star_iterative_debug: {} })).warnings).toEqual([]);
  });

  it("are refused where their names or keys are wrong", async () => {
    await expect(chain("self-refection")).rejects.toThrow('did you mean "self-reflection"?');
    await expect(chain("toString")).rejects.toThrow('There is no agent.ITS_Strategy "toString".');
    await expect(chain("self-debug", { s_star_iterative_debug: { rounds: 3 } })).rejects.toThrow(
      "s_star_iterative_debug.rounds",
    );
    await expect(chain("self-consistency", { selfConsistency: { num_responses: 0 } })).rejects.toThrow("num_responses");
  });
});
