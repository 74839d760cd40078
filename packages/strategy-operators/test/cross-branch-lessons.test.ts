import fc from "fast-check";
import type { Guidance, Solve } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { crossBranchLessons } from "../src/index.ts";
import { valid } from "./scores.ts";
import { improvements } from "./searches.ts";

interface Case {
  /** What a model says of the branches, one time after the other. */
  readonly answers?: readonly string[];
  readonly every?: number;
  readonly branches?: number;
  readonly drafts?: number;
  readonly steps?: number;
  readonly on?: (number: number) => number;
}

/** Each step's solution scores less, and so better, the later it was made; the fourth is worse than all. */
const run = async ({ answers = ["1. First."], every = 3, branches = 4, drafts = 2, steps = 9, on }: Case) => {
  const given: (readonly Guidance[])[] = [];
  const coder: Solve = async ({ guidance }, { proposal }) => {
    given.push(guidance);
    const score = proposal === 3 ? 100 : 50 - proposal;
    const code = `def add_features(data):\n    return data + ${proposal}\n\ndef other():\n    pass\n\nx = ${score}\n`;
    return { plan: `plan ${proposal}\nin more words`, code };
  };
  const shown: Record<string, string>[] = [];
  const { journal, backend } = await play({
    limits: { steps },
    search: () => improvements(drafts, on ?? ((number) => number % drafts)),
    strategies: [crossBranchLessons.create({ every, branches, critic: "critic" }, undefined)],
    names: ["cross-branch-lessons"],
    coder,
    evaluators: [valid],
    reply: ({ messages }, { number }) => {
      shown.push(JSON.parse(messages[0]?.content.split("\n")[1] ?? "{}") as Record<string, string>);
      return answers[number % answers.length] ?? "";
    },
  });
  const texts = given.map((guidance) => guidance.map(({ text }) => text).join());
  const notes = journal.outcomes.flatMap((one) => one.notes["cross-branch-lessons"] ?? []);
  return { texts, shown, calls: backend.requests.length, notes, ids: journal.outcomes.map(({ chosen }) => chosen?.id) };
};

describe("cross-branch-lessons", () => {
  it("compares every so many steps, and gives the newest lessons to each improvement", async () => {
    const { texts, calls } = await run({ answers: ["1. First.\n2. Second.", "Lessons:\n- **Third**."] });
    expect(calls).toBe(2);
    const [first, second] = ["- First.\n- Second.", "- **Third**."];
    expect(texts).toEqual(["", "", "", first, first, first, second, second, second]);
  });

  it("shows each branch: its best, its newest, what they changed and what came of that", async () => {
    const { shown, notes, ids } = await run({ steps: 7, every: 6 });
    expect(shown).toHaveLength(1);
    const [, first = "", second = ""] = (shown[0]?.["branches"] ?? "").split(/## Branch \d\n\n/);
    expect(
      first
        .trim()
        .split("\n\n")
        .map((text) => text.split("\n")[0]),
    ).toEqual([
      "- plan 4, better than before: score 46",
      "- plan 0, a first script: score 50",
      "- plan 2, better than before: score 48",
    ]);
    expect(second).toContain("- plan 3, worse than before: score 100");
    expect(second).toContain("return data + 3");
    expect(second).not.toContain("other()");
    expect(notes).toEqual([
      {
        lessons: ["First."],
        branches: [
          [ids[0], ids[2], ids[4]],
          [ids[1], ids[3], ids[5]],
        ],
      },
    ]);
  });

  it("shows earlier lessons with the next comparison", async () => {
    const { shown } = await run({ answers: ["1. First.", "1. Second."] });
    expect(shown.map(({ lessons }) => lessons)).toEqual(["", "- First."]);
  });

  it("compares those branches alone that were worked on last", async () => {
    const { notes, ids } = await run({ drafts: 3, branches: 2, steps: 5, every: 4, on: () => 0 });
    expect(notes).toMatchObject([{ branches: [[ids[2]], [ids[0], ids[3]]] }]);
  });

  it("never asks while there is one branch", async () => {
    expect(await run({ drafts: 1 })).toMatchObject({ calls: 0, notes: [] });
  });

  it("does not ask again at once where no lesson can be read, and keeps those it has", async () => {
    const { texts, calls, notes } = await run({ answers: ["1. First.", "Nothing to learn."], steps: 12 });
    expect(calls).toBe(3);
    expect(notes).toHaveLength(3);
    expect(texts.slice(3)).toEqual(Array.from({ length: 9 }, () => "- First."));
  });

  it("cuts a lesson that has lost its way", async () => {
    const { texts } = await run({ answers: [`1. ${"again and ".repeat(90)}`], steps: 4 });
    expect(texts[3]).toHaveLength("- ".length + 300);
  });

  it("never keeps more than three lessons, or long ones", async () => {
    const item = fc
      .string({ unit: fc.constantFrom("a", " ", "é"), minLength: 1, maxLength: 900 })
      .map((text) => `z${text}`);
    const marker = fc.constantFrom("1. ", "2) ", "- ", "* ", "  • ");
    const line = fc.oneof(
      fc.tuple(marker, item).map(([before, text]) => before + text),
      item,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        const { notes } = await run({ answers: [lines.join("\n")], steps: 4 });
        const [{ lessons }] = notes as unknown as readonly [{ lessons: readonly string[] }];
        const items = lines.filter((one) => !one.startsWith("z")).length;
        expect(lessons).toHaveLength(Math.min(3, items));
        for (const lesson of lessons) expect(lesson.length).toBeLessThanOrEqual(300);
      }),
      { numRuns: 30 },
    );
  });
});
