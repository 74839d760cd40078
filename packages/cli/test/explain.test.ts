import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, freshFolder, good, project } from "./aide.ts";

const explained = (strategies: string, ...args: readonly string[]) => {
  const root = project([block(good)], { keys: `strategies: ${strategies}\n` });
  return { root, ended: aide(["explain", ...args], root) };
};

const forcing = `
const schema = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }), jsonSchema: { input: () => ({}) } } };
export default {
  kind: "strategy", name: "forcing", options: schema, builtWith: { major: 1, minor: 0 },
  needs: () => [{ role: "planner", anyOf: ["continuation", "thoughtBudget"] }],
  shape: () => ({ generations: [0, 0], next: [1, 1], perCall: [1, 4], asks: { debug: "draft" }, operators: ["draft"], roles: [] }),
  create: () => (next) => (proposal, work) => next(proposal, work),
};`;

describe("aide explain", { timeout: 60_000 }, () => {
  it("draws the chain, and says what a step and the budget come to, without a model or a run", async () => {
    const chain = "[{ use: self-consistency, samples: 2 }, reflection, plan-then-code]";
    const { root, ended } = explained(chain, "budget.tokens=30_000", "sampling.maxTokens=1000", "budget.steps=9");
    const { code, out, err } = await ended;
    expect(err).toBe("");
    expect(code).toBe(0);
    // A planner, two for the coder and two of the reflection, for each sample.
    expect(`\n${out}`).toBe(`
search   greedy

                          calls of its own   asks the next   by role                              for
└─ self-consistency       0                  2 times                                              every step
   └─ reflection          0–2                once            critic, code (scripted-plugin.mjs)   every step
      └─ plan-then-code   1                  once            planner                              draft, improve, debug
         └─ coder         1–2                                code (scripted-plugin.mjs)

a step may cost (answers of up to 1,000 tokens, reasoning included; prompts come on top)
   every step   4–10 calls   4,000–10,000 tokens

The coder asks a second time only where its model can go on from an answer without code.
A script that nothing else can judge is reviewed: one more call, by the review role.
The budget is 9 steps and 30,000 tokens. If every answer is as long as it may be, that covers 7 with the fewest calls and 3 with the most; shorter answers make it more, prompts less.
`);
    expect(existsSync(join(root, "logs"))).toBe(false);
  });

  it("says what differs between draft, improve and debug, and what each strategy needs", async () => {
    const { root } = explained("[]");
    writeFileSync(join(root, "forcing.mjs"), forcing);
    const { code, out } = await aide(["explain", 'strategies=["./forcing.mjs","skeleton"]', "budget.steps=2"], root);
    expect(code).toBe(0);
    expect(out).toMatch(
      /forcing .* once; draft for debug; each call becomes 1–4 .* draft +continuation or thoughtBudget of planner$/m,
    );
    expect(out).toMatch(/skeleton +1 +once or not; never for draft/);
    expect(out).toMatch(/^ {3}draft +1–4 calls/m);
    expect(out).toMatch(/^ {3}improve, debug +1–2 calls/m);
    expect(out).toContain("Whether model servers can do what is needed is not known yet");
    expect(out).toContain("The budget is 2 steps.");
  });

  it("draws a chain of which no task is known", async () => {
    const { code, out } = await aide(["explain", "agent.ITS_Strategy=self-reflection"], freshFolder());
    expect(out).toMatch(/└─ reflection[^]*└─ coder/);
    expect(code).toBe(0);
  });

  it("gives the same as JSON", async () => {
    const { ended } = explained("[reflection]", "--json");
    const { levels, steps, maxTokens } = JSON.parse((await ended).out);
    expect(levels.map(({ name }: { name: string }) => name)).toEqual(["reflection", "coder"]);
    expect(steps).toContainEqual({ operator: "debug", calls: [1, 4], tokens: [maxTokens, 4 * maxTokens] });
  });

  it.each([
    ["[skeleton, static-repair]", [], "AIDE_CHAIN_REPLACED"],
    ["[reflection, reflection]", [], "AIDE_CHAIN_TWICE"],
    ["[reflection]", ["budget.tokens=2000", "sampling.maxTokens=2000"], "AIDE_BUDGET_TOO_SMALL"],
  ])("draws %s %j and refuses it, as aide run and aide config check do", async (strategies, keys, refusal) => {
    const { root, ended } = explained(strategies, ...keys);
    const { code, out, err } = await ended;
    expect(out).toContain("└─ coder");
    expect(err).toContain(refusal);
    expect(code).toBe(2);
    for (const command of [["run"], ["config", "check"]]) {
      const refused = await aide([...command, ...keys], root);
      expect(refused.err).toBe(err);
      expect(refused.code).toBe(2);
    }
    expect(existsSync(join(root, "logs"))).toBe(false);
  });
});
