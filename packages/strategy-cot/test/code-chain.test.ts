import type { Candidate, Solution, Strategy } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { codeChain } from "../src/index.ts";
import { asked, block, once } from "./chain.ts";

const chain = (segments: readonly string[], chunk = 1) =>
  codeChain.create({ segments: [...segments], chunk }, undefined);
const counting = () => {
  let part = 0;
  return () => block(`part = ${++part}`);
};

describe("code-chain", () => {
  it("writes a script part by part, each from what is there already", async () => {
    const played = await once([chain(["Data", "Model", "Submission"])], { reply: counting() });
    expect(asked(played).map(({ name }) => name)).toEqual(["sketch/code", "sketch/code", "sketch/code"]);
    expect(asked(played)[2]?.slots["guidance"]).toContain("part = 1\npart = 2\n");
    expect(played.journal.outcomes[0]?.chosen?.candidate).toMatchObject({
      code: "part = 1\npart = 2\npart = 3\n",
      plan: "Data, Model, Submission",
    });
  });

  it("writes several parts at a time where its options ask for it", async () => {
    const played = await once([chain(["a", "b", "c"], 2)], { reply: counting() });
    expect(played.backend.requests).toHaveLength(2);
  });

  it("lets inner strategies run a part behind what is there, without a node or a score", async () => {
    const seen: Solution[] = [];
    const inner: Strategy = (next) => async (proposal, work) => {
      const solution = await work.evaluate(await next(proposal, work));
      seen.push(solution);
      return solution.candidate;
    };
    const played = await once([chain(["Data", "Model"]), inner], {
      reply: counting(),
      run: ({ code }) => (code.includes("part = 2") ? { fate: "exception", output: "NameError" } : { output: "fine" }),
    });
    expect(played.executor.scripts.map(({ code }) => code)).toEqual([
      "part = 1\n",
      "part = 1\npart = 2\n",
      // The whole script, as a node.
      "part = 1\npart = 2\n",
    ]);
    expect(seen.map(({ evaluation }) => evaluation)).toMatchObject([
      { valid: true, feedback: "fine" },
      { valid: false, cause: "exception", feedback: "NameError" },
    ]);
    expect(played.journal.outcomes[0]?.solutions).toHaveLength(1);
  });

  it("halts at a part without code, and keeps what there is", async () => {
    let calls = 0;
    const played = await once([chain(["Data", "Model"])], { reply: () => (calls++ === 0 ? block("x = 1") : "Sorry.") });
    const expected: Partial<Candidate> = { code: "x = 1\n", defect: "no-code" };
    expect(played.journal.outcomes[0]?.chosen?.candidate).toMatchObject(expected);
    expect(played.journal.outcomes[0]?.notes).toEqual({ s0: [{ halted: "Model" }] });
  });
});
