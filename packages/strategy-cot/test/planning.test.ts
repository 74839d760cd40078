import { describe, expect, it } from "vitest";
import { chainOfDraft, planThenCode } from "../src/index.ts";
import { asked, block, once, textOf } from "./chain.ts";

const operators = ["draft", "improve", "debug"];
const planning = planThenCode.create({ planner: "planner", operators }, undefined);

describe("plan-then-code", () => {
  it("asks the planner first, and hands its plan on without its thoughts", async () => {
    const played = await once([planning], {
      reply: (request) =>
        textOf(request).startsWith("plan-then") ? "<think>hm</think>1. Fit a line." : block("x = 1"),
    });
    const [plan, code] = asked(played);
    expect(plan).toMatchObject({
      name: "plan-then-code/plan",
      slots: { code: "", aim: expect.stringContaining("first script") },
    });
    expect(code?.slots["guidance"]).toBe("1. Fit a line.");
    expect(played.journal.outcomes[0]?.chosen?.candidate).toMatchObject({ plan: "1. Fit a line.", code: "x = 1\n" });
  });

  it("goes on without a plan where there is none", async () => {
    const played = await once([planning], {
      reply: (request) => (textOf(request).startsWith("plan-then") ? "<think>hm" : block("x = 1")),
    });
    expect(asked(played)[1]?.slots["guidance"]).toBe("");
    expect(played.journal.outcomes[0]?.notes).toEqual({ s0: [{ plan: "none" }] });
  });

  it("plans for the operators that are named, and no other", async () => {
    const played = await once([planThenCode.create({ planner: "planner", operators: ["debug"] }, undefined)]);
    expect(asked(played).map(({ name }) => name)).not.toContain("plan-then-code/plan");
  });
});

describe("chain-of-draft", () => {
  it("says how short a step must be", async () => {
    const played = await once([chainOfDraft.create({ words: 7, planner: "code", operators }, undefined)]);
    expect(asked(played)[0]).toMatchObject({ name: "chain-of-draft/steps", slots: { words: "7" } });
    expect(chainOfDraft.prompts?.["chain-of-draft/steps"]).toContain("{{words}} words at most");
  });
});
