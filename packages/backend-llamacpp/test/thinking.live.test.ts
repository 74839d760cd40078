import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LlamacppBackend } from "../src/index.ts";
import { ask, call, open, pulled } from "./smollm2.ts";

/** SmolLM2 does not think by itself; once its prompt has begun a thought, it goes on with one, which is what is needed here. */
let backend: LlamacppBackend;
beforeAll(async () => {
  await pulled("smollm2-135m");
  backend = await open({ thinking: true, temperature: 0 });
}, 120_000);
afterAll(() => backend?.[Symbol.asyncDispose]());

const begun = { reasoning: "The user wants a city. ", thinking: true, text: "" };

describe("thoughts", () => {
  it("are a capability of models that have them", async () => {
    const { signal } = new AbortController();
    expect((await backend.capabilities(signal)).has).toContain("thoughtBudget");
    await using plain = await open();
    expect((await plain.capabilities(signal)).has).toEqual(["continuation", "jsonSchema", "seed"]);
  });

  it("are reasoning and not text while they last", async () => {
    const made = await backend.generate(ask("Name a city.", { continueFrom: begun }), call({ grantedTokens: 5 }));
    expect(made).toMatchObject({ text: "", finish: "length-in-thought", usage: { reasoning: 5, answer: 0 } });
    expect(made.reasoning).not.toBe("");
  });

  it("are cut at their budget and answered then", async () => {
    const made = await backend.generate(
      ask("Name a city.", { continueFrom: begun, maxThoughtTokens: 6 }),
      call({ grantedTokens: 30 }),
    );
    expect(made.text).not.toBe("");
    expect(made.usage.reasoning).toBeGreaterThanOrEqual(6);
    expect(made.usage.reasoning + made.usage.answer).toBeLessThanOrEqual(30);
    expect(made.reasoning + made.text).not.toContain("</think>");
  });

  it("are not closed where there is no room left for an answer", async () => {
    const made = await backend.generate(
      ask("Name a city.", { continueFrom: begun, maxThoughtTokens: 6 }),
      call({ grantedTokens: 7 }),
    );
    expect(made.finish).toBe("length-in-thought");
  });

  it("pause the call where that is asked for, and go on in another", async () => {
    const request = ask("Name a city.", { continueFrom: begun, maxThoughtTokens: 6, pauseAfterThought: true });
    const paused = await backend.generate(request, call({ grantedTokens: 30 }));
    expect(paused).toMatchObject({ finish: "thought-end", text: "", usage: { reasoning: 6, answer: 0 } });
    const continueFrom = { reasoning: begun.reasoning + paused.reasoning, thinking: false, text: "" };
    const made = await backend.generate(ask("Name a city.", { continueFrom }), call({ grantedTokens: 10 }));
    expect(made.reasoning).toBe("");
    expect(made.text).not.toBe("");
  });
});
