import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { merged } from "../src/panel/merged.ts";
import { readCritique, type Critique } from "../src/reflection/critique.ts";
import { sentinel } from "../src/reflection/two-phase.ts";

const findings = (...items: readonly string[]): Critique =>
  readCritique(items.map((item, at) => `${at + 1}. ${item}`).join("\n"), sentinel);
const textOf = (critique: Critique): string => (critique.kind === "findings" ? critique.text : critique.kind);

describe("a panel's reviews", () => {
  it("are one list, what more critics name first", () => {
    const one = findings("[path] lines 1-2: read train.csv", "[logic] line 9: drop the target");
    const other = findings("[logic] lines 8-9: the target must go", "[metric] line 20: use log1p");
    expect(textOf(merged([one, other], 1))).toBe(
      "1. [logic] line 9: drop the target\n2. [path] lines 1-2: read train.csv\n3. [metric] line 20: use log1p",
    );
    expect(textOf(merged([one, other], 2))).toBe("1. [logic] line 9: drop the target");
    expect(textOf(merged([one, other], 3))).toBe("declined");
  });

  it("are declined where no critic finds anything, and empty where none says anything", () => {
    expect(merged([{ kind: "declined" }, { kind: "empty" }], 1)).toEqual({ kind: "declined" });
    expect(merged([{ kind: "empty" }], 1)).toEqual({ kind: "empty" });
    expect(textOf(merged([{ kind: "declined" }, findings("line 3: no")], 1))).toBe("1. line 3: no");
  });

  const item = fc
    .record({ line: fc.integer({ min: 1, max: 12 }), word: fc.constantFrom("drop", "rename", "add") })
    .map(({ line, word }) => `line ${line}: ${word} it`);
  const review = fc
    .array(item, { maxLength: 5 })
    .map((items): Critique => (items.length === 0 ? { kind: "declined" } : findings(...items)));

  it("keep every place that a quorum names, and no other, each critic counted once", () => {
    fc.assert(
      fc.property(
        fc.array(review, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (reviews, quorum) => {
          const votes = new Map<number, Set<number>>();
          for (const [voter, one] of reviews.entries())
            for (const { lines } of one.kind === "findings" ? one.findings : [])
              for (const { first } of lines) votes.set(first, (votes.get(first) ?? new Set()).add(voter));
          const wanted = [...votes].flatMap(([line, voters]) => (voters.size >= quorum ? [line] : []));
          const critique = merged(reviews, quorum);
          const kept =
            critique.kind === "findings"
              ? critique.findings.flatMap(({ lines }) => lines.map(({ first }) => first))
              : [];
          expect(kept.toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
