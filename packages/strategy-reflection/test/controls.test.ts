import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { drawFrom, failureName, frozenBank } from "../src/controls/critique-bank.ts";
import { critiqueOf } from "../src/controls/oracle-critique.ts";
import { shamOf, wordsIn } from "../src/controls/sham.ts";
import { readCritique, type Critique } from "../src/reflection/critique.ts";
import { sentinel } from "../src/reflection/two-phase.ts";

type Findings = Extract<Critique, { readonly kind: "findings" }>;

const runs = fuzzRuns(1000);

const word = fc.constantFrom("import", "`XGBRegressor`", "column", "SalePrice", "fit(", "the", "log1p", "line", "9");
const words = (max: number) => fc.array(word, { minLength: 1, maxLength: max }).map((all) => all.join(" "));
const item = fc
  .record({ from: fc.integer({ min: 1, max: 60 }), length: fc.integer({ min: 0, max: 9 }), text: words(30) })
  .map(({ from, length, text }) => `[logic] lines ${from}-${from + length}: ${text}`);
const critique = fc
  .record({ review: words(60), items: fc.array(item, { minLength: 1, maxLength: 6 }) })
  .map(({ review, items }) =>
    readCritique(`Review ${review}\n${items.map((one, at) => `${at + 1}. ${one}`).join("\n")}`, sentinel),
  );
const script = fc
  .integer({ min: 1, max: 80 })
  .map((lines) => Array.from({ length: lines }, (_, at) => `x${at} = ${at}`).join("\n"));

const isFindings = (one: Critique): one is Findings => one.kind === "findings";
const linesOf = (code: string): number => code.split("\n").length;

describe("a sham critique", () => {
  it("has the real one's findings, words and cited lines, and says nothing of what that one says", () => {
    fc.assert(
      fc.property(
        critique,
        script,
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (real, code, draws) => {
          fc.pre(isFindings(real));
          if (!isFindings(real)) return;
          const sham = shamOf(real, code, () => draws.next().value ?? 0);
          expect(sham.findings).toHaveLength(real.findings.length);
          expect(Math.abs(wordsIn(sham.text) - wordsIn(real.text))).toBeLessThanOrEqual(real.findings.length * 4);
          for (const [at, finding] of sham.findings.entries()) {
            const of = real.findings[at]!;
            expect(finding.lines.map(({ first, last }) => last - first)).toEqual(
              of.lines.map(({ first, last }) => Math.min(last - first + 1, linesOf(code)) - 1),
            );
            for (const { first, last } of finding.lines) {
              expect(first).toBeGreaterThanOrEqual(1);
              expect(last).toBeLessThanOrEqual(linesOf(code));
            }
          }
          expect(sham.text).not.toMatch(/XGBRegressor|SalePrice|log1p|\bfit\(|\[logic\]/);
        },
      ),
      { numRuns: runs },
    );
  });

  it("cites the places that are drawn, wherever the real one's are", () => {
    const real = readCritique("1. [import] lines 2-3: add what is missing at the top", sentinel);
    if (!isFindings(real)) throw new Error("not read");
    const placesAt = (draw: number) => shamOf(real, "a\nb\nc\nd\ne", () => draw).findings.flatMap(({ lines }) => lines);
    expect([0, 0.5, 0.99].map(placesAt)).toEqual([
      [{ first: 1, last: 2 }],
      [{ first: 3, last: 4 }],
      [{ first: 4, last: 5 }],
    ]);
  });

  it("is read back as what it was made as", () => {
    const real = readCritique(
      "Review it fails badly here\n1. [import] lines 2-3: add what is missing at the top",
      sentinel,
    );
    if (!isFindings(real)) throw new Error("not read");
    const sham = shamOf(real, "a\nb\nc\nd\ne", () => 0.5);
    const again = readCritique(sham.text, sentinel);
    expect(isFindings(again) && again.findings).toEqual(sham.findings);
  });
});

describe("the oracle's critique", () => {
  it("names each place that a fix changes, with what it becomes", () => {
    const code = "import a\nb = 1\nc = 2\nd = 3\n";
    const fix = "import z\nimport a\nb = 1\nc = 4\n";
    const critique = critiqueOf(code, fix);
    expect(isFindings(critique) && critique.findings).toEqual([
      { kind: "other", lines: [{ first: 0, last: 1 }], text: "[other] before line 1 insert\nimport z" },
      { kind: "other", lines: [{ first: 3, last: 4 }], text: "[other] lines 3-4: they must become\nc = 4" },
    ]);
  });

  it("inserts after a line, takes lines out, and has nothing to say of a script that is right", () => {
    const inserted = critiqueOf("a\nb\n", "a\nx\nb\n");
    expect(isFindings(inserted) && inserted.text).toBe("1. [other] after line 1 insert\nx");
    const removed = critiqueOf("a\nx\nb\n", "a\nb");
    expect(isFindings(removed) && removed.text).toBe("1. [other] lines 2-2: take them out");
    expect(critiqueOf("a\n", "a")).toEqual({ kind: "declined" });
  });
});

describe("the bank of critiques", () => {
  const entry = fc.record({
    task: fc.constantFrom("houses", "baseball", "staff"),
    failure: fc.constantFrom("KeyError", "ValueError", "no-submission"),
    critique: fc.constantFrom("1. a", "1. b"),
  });

  it("never draws from the same task, and draws the same failure where there is one", () => {
    fc.assert(
      fc.property(
        fc.array(entry),
        entry,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (bank, of, draw) => {
          const foreign = bank.filter(({ task }) => task !== of.task);
          const drawn = drawFrom(bank, of, () => draw);
          expect(drawn === undefined).toBe(foreign.length === 0);
          if (drawn === undefined) return;
          expect(foreign).toContain(drawn.entry);
          const alike = foreign.some(({ failure }) => failure === of.failure);
          expect(drawn.sameFailure).toBe(alike);
          if (alike) expect(drawn.entry.failure).toBe(of.failure);
        },
      ),
      { numRuns: runs },
    );
  });

  it("names a failure by its exception, else by its cause", () => {
    const invalid = { valid: false, cause: "exception", scores: [], feedback: "" } as const;
    const execution = { id: "1", fate: "exception", output: "", seconds: 1, artifacts: [] } as const;
    const exception = { type: "KeyError", message: "'x'", frames: [] };
    expect(failureName({ evaluation: invalid, execution: { ...execution, exception } })).toBe("KeyError");
    expect(failureName({ evaluation: { ...invalid, cause: "no-submission" } })).toBe("no-submission");
  });

  it("comes with critiques of more than one task", () => {
    const tasks = new Set(frozenBank().map(({ task }) => task));
    expect(tasks.size).toBeGreaterThan(1);
    for (const { critique: text } of frozenBank()) expect(readCritique(text, sentinel).kind).toBe("findings");
  });
});
