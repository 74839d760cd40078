import type { Evaluator } from "@aide-ts/plugin";
import { play, type Staged } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { reflection, selfDebug } from "../src/index.ts";
import { draft, scoring, playedWith } from "./scored.ts";

const edits = {
  form: "blocks",
  scope: "flag",
  margin: 0,
  neutral: false,
  reduce: "off",
  reduceExecutions: 12,
} as const;
const block = (search: string, replace: string) => `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`;

const reflect = async (
  replies: Readonly<Record<"critique" | "edit", string>>,
  more: Partial<Parameters<typeof reflection.create>[0]> = {},
) => {
  const options = {
    trigger: "onFailure",
    rounds: 1,
    accept: "if-not-worse",
    critic: "critic",
    ...edits,
    ...more,
  } as const;
  const reply: Staged["reply"] = ({ messages }) => {
    const text = messages.map(({ content }) => content).join("\n");
    if (text.startsWith("reflection/critique")) return replies.critique;
    return text.startsWith("reflection/edit") ? replies.edit : draft;
  };
  const played = await play({
    strategies: [reflection.create(options, undefined)],
    reply,
    evaluators: [scoring],
    limits: { steps: 1 },
    run: ({ code }) =>
      code.includes("bad") || !code.includes("b = ")
        ? { fate: "exception", exception: { type: "NameError", message: "bad", frames: [] } }
        : { files: { "submission/submission.csv": "id\n" } },
  });
  const [outcome] = played.journal.outcomes;
  return {
    note: outcome?.notes["s0"]?.[0],
    code: outcome?.chosen?.candidate.code,
    solutions: outcome?.solutions,
    played,
  };
};

const critique = "1. [logic] line 2: `b` uses a name that is not there";

describe("reflection", () => {
  it("criticises, edits, and keeps the edit that repairs the script", async () => {
    const { note, code, solutions } = await reflect({ critique, edit: block("b = bad", "b = 2") });
    expect(code).toBe("a = 1\nb = 2\nc = 3\n");
    expect(note).toMatchObject({
      round: 1,
      outcome: "fixed",
      findings: { logic: 1 },
      form: "blocks",
      size: { hunks: 1 },
    });
    expect(solutions).toHaveLength(2);
    expect(solutions?.[1]?.candidate.from).toBe(solutions?.[0]?.id);
  });

  it.each([
    ["declined", { critique: "No specific errors found requiring changes.", edit: "" }],
    ["no-critique", { critique: "<think>hm", edit: "" }],
    ["unparsable", { critique, edit: block("nowhere", "x") }],
    ["no-op", { critique, edit: block("b = bad", "b = bad") }],
    ["still-broken", { critique, edit: block("c = 3", "c = bad") }],
  ])("says that it was %s", async (outcome, replies) => {
    const { note, code } = await reflect(replies);
    expect(note).toMatchObject({ outcome });
    expect(code).toContain("b = bad");
  });

  it("counts a change that nobody asked for, and takes it back where it is strict", async () => {
    const edit = `${block("b = bad", "b = 2")}\n${block("c = 3", "c = 4")}`;
    expect((await reflect({ critique, edit })).note).toMatchObject({ size: { outsideScope: 1 } });
    const strict = await reflect({ critique, edit }, { scope: "strict" });
    expect(strict.code).toBe("a = 1\nb = 2\nc = 3\n");
    expect(strict.note).toMatchObject({ stands: "part", full: { hunks: 1, removed: 2 }, size: { removed: 1 } });
  });

  it("lets the full edit stand where the scoped one fails and it passes", async () => {
    const edit = block("a = 1\nb = bad", "a = 2\nb = 2");
    const { code, note } = await reflect({ critique: "1. [logic] line 1: wrong", edit }, { scope: "strict" });
    expect(code).toBe("a = 2\nb = 2\nc = 3\n");
    expect(note).toMatchObject({ stands: "whole", outcome: "fixed" });
  });

  it("reduces an edit to what repairs the script, and measures or keeps that", async () => {
    const edit = block("b = bad\nc = 3", "b = 2\nc = 4");
    const measured = await reflect({ critique, edit }, { scope: "off", reduce: "measure", reduceExecutions: 30 });
    expect(measured.code).toBe("a = 1\nb = 2\nc = 4\n");
    expect(measured.note).toMatchObject({ reduction: { kind: "minimal", size: { removed: 1, added: 1 } } });
    const applied = await reflect({ critique, edit }, { scope: "off", reduce: "apply", reduceExecutions: 30 });
    expect(applied.code).toBe("a = 1\nb = 2\nc = 3\n");
  });

  it("keeps a broken edit only where it must always accept", async () => {
    const replies = { critique, edit: block("c = 3", "c = bad") };
    expect((await reflect(replies, { accept: "always" })).code).toContain("c = bad");
  });
});

describe("a reflection", () => {
  const options = { trigger: "onFailure", rounds: 1, accept: "always", critic: "critic", ...edits } as const;
  const answers = { "reflection/critique": [critique], "reflection/edit": [block("b = bad\nc = 3", "b = 2\nc = 4")] };

  it("keeps an edit that scores worse only where it must always accept", async () => {
    const longer = {
      ...answers,
      sketch: ["```python\nb = 1\n```"],
      "reflection/edit": [block("b = 1", "b = 1\nc = 3")],
    };
    const kept = async (accept: "always" | "if-not-worse") =>
      (await playedWith(reflection.create({ ...options, trigger: "always", accept }, undefined), longer)).code;
    expect(await kept("if-not-worse")).toBe("b = 1\n");
    expect(await kept("always")).toBe("b = 1\nc = 3\n");
  });

  it("leaves alone what other operators than its own have made", async () => {
    const ofImprovements = await playedWith(
      reflection.create({ ...options, operators: ["improve"] }, undefined),
      answers,
    );
    expect(ofImprovements.asked).toHaveLength(1);
    const ofDrafts = await playedWith(reflection.create({ ...options, operators: ["draft"] }, undefined), answers);
    expect(ofDrafts.asked).toHaveLength(3);
  });

  it("does not put a reduced edit that fails in the place of one that passes", async () => {
    const wanting: Evaluator = {
      async evaluate({ candidate: { code } }) {
        if (!code.includes("c = 4")) return { valid: false, cause: "bad-submission", scores: [], feedback: "c" };
        const score = { value: 1, source: "held-out" as const };
        return { valid: true, score, scores: [score], feedback: "fine" };
      },
    };
    const reducing = reflection.create({ ...options, reduce: "apply", reduceExecutions: 30 }, undefined);
    const { code, notes } = await playedWith(reducing, answers, { evaluators: [wanting] });
    expect(notes).toMatchObject([{ outcome: "fixed", reduction: { size: { removed: 1 } } }]);
    expect(code).toBe("a = 1\nb = 2\nc = 4\n");
  });
});

describe("self-debug", () => {
  it("shows the error and writes again, until it runs", async () => {
    const answers = [draft, "Sorry.", "```python\na = bad\n```", "```python\na = 1\n```"];
    const played = await play({
      strategies: [selfDebug.create({ rounds: 3, minimal: true }, undefined)],
      reply: () => answers.shift() ?? "",
      evaluators: [scoring],
      limits: { steps: 1 },
    });
    const [outcome] = played.journal.outcomes;
    expect(outcome?.chosen?.candidate.code).toBe("a = 1\n");
    expect(outcome?.notes).toEqual({
      s0: [
        { round: 1, outcome: "unparsable" },
        { round: 2, outcome: "still-broken" },
        { round: 3, outcome: "fixed" },
      ],
    });
  });
});
