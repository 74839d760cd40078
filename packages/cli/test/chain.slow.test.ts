import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, good, project } from "./aide.ts";

/** A strategy that says this of itself. */
const strategy = (name: string, says: string): string => `
const schema = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }), jsonSchema: { input: () => ({}) } } };
export default {
  kind: "strategy", name: "${name}", options: schema, builtWith: { major: 1, minor: 0 }, ${says}
  create: () => (next) => (proposal, work) => next(proposal, work),
};`;

const composed = (says: string, strategies: string): string => {
  const root = project([block(good)], { keys: `strategies: ${strategies}\n` });
  writeFileSync(join(root, "outer.mjs"), strategy("outer", says));
  return root;
};

describe("a chain that cannot work is refused before a token is spent", { timeout: 60_000 }, () => {
  it.each([
    ['shape: () => ({ generations: [1, 6], next: [0, 0], replaces: ["draft"] }),', "every operator"],
    ['shape: () => ({ generations: [1, 6], next: [0, 1], replaces: ["draft"] }),', "the work of draft"],
  ])("where a strategy replaces what it surrounds: %s", async (says, told) => {
    const { code, err } = await aide(["run", "budget.steps=1"], composed(says, "[./outer.mjs, static-repair]"));
    expect(err).toContain("AIDE_CHAIN_REPLACED");
    expect(err).toContain(told);
    expect(err).toContain('Put "outer" last');
    expect(code).toBe(2);
    expect((await aide(["run", "budget.steps=1"], composed(says, "[static-repair, ./outer.mjs]"))).code).toBe(0);
  });

  it("where two plugins bring different prompts of one name", async () => {
    const root = composed('prompts: { "shared/words": "one" },', "[./outer.mjs, ./inner.mjs]");
    const inner = (text: string) =>
      writeFileSync(join(root, "inner.mjs"), strategy("inner", `prompts: { "shared/words": "${text}" },`));
    inner("two");
    const { code, err } = await aide(["config", "check"], root);
    expect(err).toContain('AIDE_PROMPT_TWICE  "outer" and "inner" each bring a prompt "shared/words"');
    expect(code).toBe(2);
    inner("one");
    expect((await aide(["config", "check"], root)).code).toBe(0);
  });

  it("where the model server lacks what it needs", async () => {
    const needs = 'needs: () => [{ role: "critic", anyOf: ["logprobs", "thoughtBudget"] }],';
    const root = composed(needs, "[./outer.mjs]");
    const { code, err } = await aide(["run", "budget.steps=1"], root);
    expect(err).toContain('AIDE_CAPABILITY_MISSING  "outer" needs logprobs or thoughtBudget');
    expect(err).toContain("it has  seed");
    expect(code).toBe(2);
    expect(existsSync(join(root, "logs"))).toBe(false);
    const met = composed('needs: () => [{ anyOf: ["logprobs", "seed"] }],', "[./outer.mjs]");
    expect((await aide(["run", "budget.steps=1"], met)).code).toBe(0);
  });
});
