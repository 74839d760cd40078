import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCritique } from "../src/reflection/critique.ts";

const sentinel = "No specific errors found requiring changes.";
const findings = (text: string) => {
  const critique = readCritique(text, sentinel);
  return critique.kind === "findings" ? critique.findings : critique.kind;
};

describe("readCritique", () => {
  it("reads numbered findings with kinds and lines, and passes the review over", () => {
    expect(
      findings(
        "Review\nLine 1 is fine.\n\nInstructions\n1. [import] lines 3-4: import `np`\n2) (path) line 9\n   and more",
      ),
    ).toEqual([
      { kind: "import", lines: [{ first: 3, last: 4 }], text: "[import] lines 3-4: import `np`" },
      { kind: "path", lines: [{ first: 9, last: 9 }], text: "(path) line 9\n   and more" },
    ]);
  });

  const review = "### Review\n1. The import in line 2 is missing.\n2. All else is fine.";

  it.each(["### Instructions", "**Instructions:**", "2. Instructions"])(
    "passes a numbered review over: %s",
    (heading) => {
      expect(findings(`${review}\n\n${heading}\n\n1. [import] lines 2-2: add it`)).toMatchObject([
        { kind: "import", lines: [{ first: 2, last: 2 }] },
      ]);
    },
  );

  it("takes a numbered review where no instructions follow", () => {
    expect(findings(`${review}\n\nInstructions\nSee above.`)).toMatchObject([
      { lines: [{ first: 2, last: 2 }] },
      { lines: [] },
    ]);
  });

  it("takes unknown kinds for others, ranges the wrong way round, and several places", () => {
    expect(findings("1. [style] lines 9 to 7 and line 2: tidy")).toMatchObject([
      {
        kind: "other",
        lines: [
          { first: 7, last: 9 },
          { first: 2, last: 2 },
        ],
      },
    ]);
  });

  it("makes one finding of a text without numbers", () => {
    expect(findings("The path in line 3 is wrong.")).toEqual([
      { kind: "other", lines: [{ first: 3, last: 3 }], text: "The path in line 3 is wrong." },
    ]);
  });

  it("hears that there is nothing to change, whatever stands around it", () => {
    expect(findings(`Review: fine.\n**${sentinel.toUpperCase()}**`)).toBe("declined");
    expect(findings("  \n")).toBe("empty");
  });

  it("gives findings of any text, with lines in order", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(99)), (text, numbers) => {
        const critique = readCritique(
          `${text}\n${numbers.map((number) => `1. lines ${number}-5`).join("\n")}`,
          sentinel,
        );
        if (critique.kind !== "findings") return;
        expect(critique.findings.length).toBeGreaterThan(0);
        for (const { lines } of critique.findings)
          for (const { first, last } of lines) expect(first).toBeLessThanOrEqual(last);
      }),
    );
  });
});
