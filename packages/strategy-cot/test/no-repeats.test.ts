import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { noRepeats } from "../src/index.ts";
import { block, textOf } from "./chain.ts";

/** Three steps, whose answers come one after the other, the last again and again. */
const run = (answers: readonly string[], again = 2, steps = 2) => {
  let asked = 0;
  return play({
    strategies: [noRepeats.create({ again }, undefined)],
    names: ["no-repeats"],
    limits: { steps },
    reply: () => block(answers[Math.min(asked++, answers.length - 1)] ?? ""),
  });
};

describe("no-repeats", () => {
  it("asks for another program in place of one that is known under other names, and counts it", async () => {
    const { journal, executor, backend } = await run(["a = 1\nprint(a)", "b = 1  # again\nprint(b)", "print(2)"]);
    expect(executor.scripts.map(({ code }) => code.trim())).toEqual(["a = 1\nprint(a)", "print(2)"]);
    expect(backend.requests).toHaveLength(3);
    expect(journal.outcomes[1]?.notes).toEqual({ "no-repeats": [{ repeats: 1 }] });
    const last = textOf(backend.requests[2]!.request);
    expect(last).toContain("This was run before, and came to:");
  });

  it("gives up after so many, and runs nothing", async () => {
    const { journal, executor, backend } = await run(["a = 1", "b = 1"]);
    expect(backend.requests).toHaveLength(1 + 3);
    expect(executor.scripts).toHaveLength(1);
    const [first, second] = journal.outcomes;
    expect(second?.notes).toEqual({ "no-repeats": [{ repeats: 3, known: first?.chosen?.id }] });
    expect(second?.solutions[0]?.evaluation).toEqual(first?.solutions[0]?.evaluation);
  });

  it("lets new programs pass, and answers without one", async () => {
    const { journal, backend } = await run(["x = 1", "x = 2", ""], 2, 3);
    expect(backend.requests).toHaveLength(3);
    expect(journal.outcomes.map(({ notes }) => notes)).toEqual([{}, {}, {}]);
  });
});
