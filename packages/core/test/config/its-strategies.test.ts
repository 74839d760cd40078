import { describe, expect, it } from "vitest";
import { translateAideKeys } from "../../src/config/aide-keys.ts";
import { checkConfig } from "../../src/config/check.ts";

const carried = (agent: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  translateAideKeys(checkConfig({ data_dir: "x", goal: "y", ...more, agent }, "test"));
const chain = (name: string, agent: Record<string, unknown> = {}) =>
  carried({ ITS_Strategy: name, ...agent }).config.strategies;
const uses = (name: string) => chain(name).map(({ use }) => use);

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
  ])("%s is the chain %j", (name, expected) => {
    expect(uses(name)).toEqual(expected);
  });

  it("take the place of the chain that is configured, and leave it without a name", () => {
    const strategies = ["static-repair"];
    expect(carried({ ITS_Strategy: "planner" }, { strategies }).config.strategies).toHaveLength(1);
    expect(carried({}, { strategies }).config.strategies).toEqual([{ use: "static-repair", options: {} }]);
  });

  it("reflect on drafts that failed, or on each part of a chained script", () => {
    const [onDrafts] = chain("self-reflection");
    expect(onDrafts?.options).toMatchObject({
      trigger: "onFailure",
      operators: ["draft"],
      rounds: 1,
      accept: "always",
    });
    expect(chain("chain-reflect")[0]).toEqual(onDrafts);
    for (const name of ["codechain_v2", "codechain_v3"])
      expect(chain(name)[2]?.options).toMatchObject({ trigger: "always", operators: ["segment"] });
    expect(chain("codechain_v2")[1]?.options).toEqual({});
    expect(chain("codechain_v3")[1]?.options).toEqual({ chunk: 2 });
  });

  it.each([
    [{}, { samples: 3, select: "best-score" }],
    [{ num_responses: 7 }, { samples: 7, select: "best-score" }],
    [{ selection_strategy: "interpreter_first_success" }, { samples: 3, select: "first-success" }],
    [{ selection_strategy: "interpreter_best_metric" }, { samples: 3, select: "best-score" }],
  ])("sample as agent.selfConsistency=%j says", (selfConsistency, options) => {
    expect(chain("self-consistency", { selfConsistency })).toEqual([{ use: "self-consistency", options }]);
  });

  it("debug as often as agent.s_star_iterative_debug says", () => {
    expect(chain("self-debug")[0]?.options).toEqual({ rounds: 3 });
    expect(chain("self-debug", { s_star_iterative_debug: { max_rounds: 5 } })[0]?.options).toEqual({ rounds: 5 });
  });

  it("plan with agent.code.planner_model, which need not be there where nothing plans", () => {
    const code = { model: "gpt-4o", planner_model: "deepseek-r1:14b" };
    for (const name of ["planner", "codechain_v2", undefined]) {
      const { config, warnings } = carried({ ...(name === undefined ? {} : { ITS_Strategy: name }), code });
      expect(config.backends["planner"]).toMatchObject({ use: "ollama", options: { model: "deepseek-r1:14b" } });
      expect(warnings).toEqual([]);
    }
    const { config, warnings } = carried({ ITS_Strategy: "Baseline", code });
    expect(config.backends).toEqual({});
    expect(warnings).toEqual(["agent.code.planner_model has no effect: nothing plans in Baseline."]);
    const own = { planner: { use: "./mine.mjs" } };
    expect(carried({ ITS_Strategy: "planner", code }, { backends: own }).config.backends["planner"]?.use).toBe(
      "./mine.mjs",
    );
  });

  it("say which of their keys have no effect", () => {
    expect(
      carried({ selfConsistency: { num_responses: 3 }, s_star_iterative_debug: { max_rounds: 3 } }).warnings,
    ).toEqual([
      "agent.selfConsistency has no effect: only agent.ITS_Strategy=self-consistency reads it.",
      "agent.s_star_iterative_debug has no effect: only agent.ITS_Strategy=self-debug reads it.",
    ]);
    expect(carried({ ITS_Strategy: "self-debug", s_star_iterative_debug: {} }).warnings).toEqual([]);
  });

  it("are refused where their names or keys are wrong", () => {
    expect(() => chain("self-refection")).toThrow('did you mean "self-reflection"?');
    expect(() => chain("toString")).toThrow('There is no agent.ITS_Strategy "toString".');
    expect(() => chain("self-debug", { s_star_iterative_debug: { rounds: 3 } })).toThrow(
      "s_star_iterative_debug.rounds",
    );
    expect(() => chain("self-consistency", { selfConsistency: { num_responses: 0 } })).toThrow("num_responses");
  });
});
