import type { GenerateRequest, Generation } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { budgetForcing } from "../src/index.ts";
import { once } from "./chain.ts";

const usage = { prompt: 1, cached: 0, reasoning: 1, answer: 1, estimated: false };
const timing = { queuedMs: 0, firstTokenMs: 0, totalMs: 0 };

/** A model that thinks a word at a time and ends each thought. */
const thinking = (request: GenerateRequest): Generation => {
  if (request.pauseAfterThought === true)
    return { text: "", reasoning: ` thought`, finish: "thought-end", usage, timing };
  return { text: "```python\nx = 1\n```", reasoning: "", finish: "stop", usage, timing };
};

const run = async (extend: number, cap?: number) => {
  const options = { extend, word: "Wait", phases: ["code"], ...(cap === undefined ? {} : { cap }) };
  const { backend, journal } = await once([budgetForcing.create(options, undefined)], { reply: thinking });
  return {
    requests: backend.requests.map(({ request }) => request),
    code: journal.outcomes[0]?.chosen?.candidate.code,
  };
};

describe("budget-forcing", () => {
  it("takes the end of a thought back as often as its options say, then lets the answer be written", async () => {
    const { requests, code } = await run(2);
    expect(requests.map(({ continueFrom }) => continueFrom)).toEqual([
      undefined,
      { reasoning: " thought\nWait", thinking: true, text: "" },
      { reasoning: " thought\nWait thought\nWait", thinking: true, text: "" },
      { reasoning: " thought\nWait thought\nWait thought", thinking: false, text: "" },
    ]);
    expect(requests.map(({ pauseAfterThought }) => pauseAfterThought)).toEqual([true, true, true, undefined]);
    expect(code).toBe("x = 1\n");
  });

  it("caps each stretch of thought, and only caps where it does not extend", async () => {
    expect((await run(1, 99)).requests.map(({ maxThoughtTokens }) => maxThoughtTokens)).toEqual([99, 99, undefined]);
    const { requests } = await run(0, 99);
    expect(requests).toMatchObject([{ maxThoughtTokens: 99 }]);
    expect(requests[0]?.pauseAfterThought).toBeUndefined();
  });

  it("needs a server that can go on from an unfinished answer, or for a cap alone one that keeps a budget", () => {
    const base = { word: "Wait", phases: ["code"] };
    expect(budgetForcing.needs?.({ ...base, extend: 1 })).toEqual([{ anyOf: ["continuation"] }]);
    expect(budgetForcing.needs?.({ ...base, extend: 0, cap: 9 })).toEqual([
      { anyOf: ["continuation", "thoughtBudget"] },
    ]);
  });
});
