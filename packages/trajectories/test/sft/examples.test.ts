import { sketchForcing, sketchReflection, sketchSearches } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { sftExamples } from "../../src/index.ts";
import { fenced, inTurn, opened, playedRun, repaired } from "../made-up.ts";

describe("an example of sft", () => {
  it("is a chat with the answer last, its reasoning apart, and says what became of it", async () => {
    const { run } = await playedRun(
      { limits: { steps: 1 }, reply: () => ({ text: fenced("x = 5"), reasoning: "five is prime" }) },
      {
        name: "cells/boats/control/seed-1",
        task: "boats",
        arm: "control",
        reports: { final: undefined, solutions: new Map([["0-1", { value: 3, error: 0.5 }]]) },
      },
    );
    expect(sftExamples(run)).toMatchInlineSnapshot(`
      [
        {
          "messages": [
            {
              "content": "sketch/code
      {"operator":"draft","guidance":"","code":"","feedback":"","memory":""}",
              "role": "user",
            },
            {
              "content": "\`\`\`python
      x = 5
      \`\`\`",
              "reasoning_content": "five is prime",
              "role": "assistant",
            },
          ],
          "metadata": {
            "arm": "control",
            "call": "0-0",
            "direction": "minimize",
            "ended": true,
            "finish": "stop",
            "goal": "predict",
            "holds_script": true,
            "metric": "rmse",
            "model": "scripted",
            "node": "0-1",
            "operator": "draft",
            "parent": null,
            "phase": "code",
            "prefill": null,
            "report_error": 0.5,
            "report_score": 3,
            "role": "code",
            "run": "cells/boats/control/seed-1",
            "search_error": null,
            "search_score": 5,
            "search_source": "held-out",
            "seed": 1,
            "task": "boats",
            "tokens": {
              "answer": 5,
              "cached": 0,
              "estimated": false,
              "prompt": 21,
              "reasoning": 4,
            },
          },
        },
      ]
    `);
  });

  it("is made of every valid solution from the root to the best", async () => {
    const { run } = await playedRun({
      limits: { steps: 4 },
      search: sketchSearches["waiting"]!,
      reply: inTurn(fenced("x = 5"), fenced("x = 3"), fenced("x = 9"), fenced("x = 8")),
    });
    expect(sftExamples(run).map(({ metadata: { node, parent, operator } }) => [node, parent, operator])).toEqual([
      ["0-1", null, "draft"],
      ["1-1", "0-1", "improve"],
    ]);
  });

  it("is not made of calls that led to a failed script alone", async () => {
    const { run } = await playedRun({
      limits: { steps: 1 },
      strategies: [sketchReflection()],
      reply: inTurn(fenced("x = 0"), "critique", fenced("x = 5")),
    });
    expect(sftExamples(run).map(({ metadata: { call, phase } }) => [call, phase])).toEqual([
      ["0-2", "critique"],
      ["0-3", "edit"],
    ]);
  });

  it("is not made of a thought that was only paused", async () => {
    const { run } = await playedRun({
      limits: { steps: 1 },
      strategies: [sketchForcing()],
      reply: inTurn({ text: "hm", finish: "thought-end" }, { text: fenced("x = 5"), reasoning: " so" }),
    });
    const [example, ...more] = sftExamples(run);
    expect(more).toEqual([]);
    expect(example?.messages.at(-1)).toEqual({
      role: "assistant",
      content: fenced("x = 5"),
      reasoning_content: "hm so",
    });
    expect(example?.metadata.prefill).toEqual({ content: "", reasoning_content: "hm" });
  });

  it("begins as the answer was made to, and says so", async () => {
    const { run } = await playedRun({
      limits: { steps: 1 },
      strategies: [opened],
      reply: () => fenced("x = 5"),
    });
    const [example] = sftExamples(run);
    expect(example?.messages.at(-1)).toEqual({ role: "assistant", content: `A script: ${fenced("x = 5")}` });
    expect(example?.metadata.prefill).toEqual({ content: "A script: " });
  });

  it("says where another script ran than the answer's", async () => {
    const [own, other] = await Promise.all(
      [[], [repaired]].map(async (strategies) => {
        const { run } = await playedRun({ limits: { steps: 3 }, strategies });
        return new Set(sftExamples(run).map(({ metadata }) => metadata.holds_script));
      }),
    );
    expect([...own!, ...other!]).toEqual([true, false]);
  });
});
