import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diff, parse, type Diff, type ParsedAnswer, type Refusal, type Tolerance } from "../../src/patch/index.ts";
import { fuzzRuns, patience } from "../fuzz.ts";
import { asBlocks, asScript, asUnified } from "./answers.ts";
import { cases, noise, render } from "./python-programs.ts";
import { anyText } from "./texts.ts";

const finishes = fc.constantFrom("stop", "length", "length-in-thought", "repetition", "aborted", "stop-sequence");

const scraps = fc.oneof(
  fc.constantFrom(
    "<<<<<<< SEARCH\n",
    "=======\n",
    ">>>>>>> REPLACE\n",
    "<<<<<<< SEARCH\r\n",
    "=======\r\n",
    ">>>>>>> REPLACE\r\n",
    "<<<<<<<\n",
    ">>>>>>> REPL",
    "```python\n",
    "```diff\n",
    "```\n",
    "@@ -1,2 +3,4 @@\n",
    "@@\n",
    "--- a\n+++ b\n",
    " x = 1\n",
    "-x = 1\n",
    "+x = 2\n",
    "-\n",
    "+\n",
    "\\ No newline at end of file\n",
    "x = 1\n",
    "    x = 1\n",
    "x = 1  \n",
    "\tpass\n",
    "# größe\n",
    "\n",
    "...\n",
    "# ... rest unchanged\n",
    "import os\n",
    "🙂",
    "\u2028",
    "\u0000",
    "\ud800",
    "\ufeff",
    "<think>",
    "</think>",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const scrapped = fc.array(scraps, { maxLength: 30 }).map((parts) => parts.join(""));

/** A real edit, rendered in any way, broken off or with something knocked out of it. */
const rendered = fc
  .tuple(
    cases(40),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom("whole", "cut", "holed", "doubled", "tabs", "crlf"),
    fc.nat(),
  )
  .map(([one, context, how, at]) => {
    const [before, after] = [render(one.program, {}), render(one.program, noise(one, undefined, 0.3))];
    const { dice } = one;
    const answer = dice.pick([
      () => asBlocks(before, after, context, dice),
      () => asUnified(before, after, context, dice),
      () => asScript(after, dice),
    ])();
    const place = at % (answer.length + 1);
    const broken = {
      whole: answer,
      cut: answer.slice(0, place),
      holed: answer.slice(0, place) + answer.slice(place + 1 + dice.below(30)),
      doubled: answer + answer,
      tabs: answer.replaceAll("    ", "\t"),
      crlf: answer.replaceAll("\n", "\r\n"),
    }[how];
    const original = dice.chance(0.3) ? before + before : before;
    return { answer: broken, original: original.replaceAll("\n", one.end) };
  });

const answers = fc.oneof(rendered, fc.record({ answer: scrapped, original: anyText }));

const sizeOf = (hunks: Diff): number =>
  hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0);

/** The smallest of the three that line ends make: a file ends as it did, so that its last line loses its end where the one after it goes. */
const changesIn = (before: string, after: string): Diff => {
  const ended = (text: string, end: string) => (text === "" || /[\r\n]$/.test(text) ? text : text + end);
  const [first = []] = ["\n", "\r\n", "\r"]
    .map((end) => diff(ended(before, end), ended(after, end)))
    .toSorted((a, b) => sizeOf(a) - sizeOf(b));
  return first;
};

const contents = (text: string): readonly string[] => text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());

/** Code may share its first line with the opening fence and its last line with the closing one. */
const besideFences = (line: string): readonly string[] =>
  line.split(/`{3,}|~{3,}/).map((part) => part.replace(/^[ \t]*(?:py(?:thon3?)?[ \t]+)?/i, "").trimEnd());

describe("any answer", patience, () => {
  it("gives an edit or a typed refusal, and never an exception", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(answers, finishes, ({ answer, original }, finish) => {
        const parsed = parse(answer, original, finish);
        seen.add(parsed.kind === "edit" ? parsed.form : parsed.reason.why);
        expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
      }),
      { numRuns: fuzzRuns, seed: 1 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        "blocks",
        "diff",
        "script",
        "no-edit",
        "truncated",
        "malformed",
        "ambiguous",
        "not-found",
      ]),
    );
  });

  it("loses no line that it does not name, and makes none up", () => {
    fc.assert(
      fc.property(answers, finishes, ({ answer, original }, finish) => {
        const parsed = parse(answer, original, finish);
        if (parsed.kind === "refused") return;
        const lines = contents(answer.replaceAll(/<\/?think>/g, "\n"));
        const quotable = new Set(
          [...lines, ...lines.flatMap(besideFences)].flatMap((line) => [line, line.slice(1), line.trim()]),
        );
        for (const { removed, added } of changesIn(original, parsed.text)) {
          for (const line of added)
            expect(quotable.has(contents(line)[0]!) || quotable.has(contents(line)[0]!.trim())).toBe(true);
          // A whole script names what goes by leaving it out; the other forms have to quote it.
          if (parsed.form !== "script") for (const line of removed) expect(quotable.has(contents(line)[0]!)).toBe(true);
        }
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("that breaks off inside a block is refused", () => {
    fc.assert(
      fc.property(cases(40), fc.nat(), (one, at) => {
        const [before, after] = [render(one.program, {}), render(one.program, noise(one, undefined, 0.5))];
        fc.pre(before !== after);
        const answer = asBlocks(before, after, 3, one.dice);
        const [first, last] = [
          answer.indexOf("\n", answer.indexOf("<<<<<<< SEARCH")),
          answer.indexOf(">>>>>>> REPLACE"),
        ];
        const parsed = parse(answer.slice(0, first + 1 + (at % (last - first))), before, "length");
        expect(parsed).toMatchObject({ kind: "refused", reason: { why: "truncated", block: 1 } });
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("that breaks off inside a script is refused, also where what is there would parse", () => {
    fc.assert(
      fc.property(cases(40), fc.nat(), (one, at) => {
        const script = render(one.program, {});
        const lines = script.split("\n");
        const kept = lines.slice(0, 2 + (at % (lines.length - 2))).join("\n");
        expect(parse(`\`\`\`python\n${kept}`, script, "length")).toMatchObject({ kind: "refused" });
      }),
      { numRuns: fuzzRuns },
    );
  });
});

const block = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`;
const edit = (text: string, ...tolerated: Tolerance[]): Partial<ParsedAnswer> => ({ kind: "edit", text, tolerated });
const refusal = (reason: Partial<Refusal>): object => ({ kind: "refused", reason });

describe("of search/replace blocks", () => {
  const original = "a = 1\nb = 2\nc = 3\nb = 2\n";
  it.each<[string, string, string, object]>([
    ["one that fits once is applied", original, block("a = 1\n", "a = 9\n"), edit("a = 9\nb = 2\nc = 3\nb = 2\n")],
    [
      "context makes a repeated line unique",
      original,
      block("c = 3\nb = 2\n", "c = 3\nb = 9\n"),
      edit("a = 1\nb = 2\nc = 3\nb = 9\n"),
    ],
    [
      "several are all found in the original",
      original,
      block("c = 3\n", "a = 1\n") + block("a = 1\n", "c = 3\n"),
      edit("c = 3\nb = 2\na = 1\nb = 2\n"),
    ],
    ["an empty replacement deletes", original, block("c = 3\n", ""), edit("a = 1\nb = 2\nb = 2\n")],
    [
      "one that fits twice is refused",
      original,
      block("b = 2\n", "b = 9\n"),
      refusal({ why: "ambiguous", block: 1, lines: [2, 4] }),
    ],
    [
      "one that fits nowhere is refused, with its number",
      original,
      block("a = 1\n", "a = 9\n") + block("d = 4\n", ""),
      refusal({ why: "not-found", block: 2, search: "d = 4" }),
    ],
    ["a part of a line is not found", original, block("a =\n", "z =\n"), refusal({ why: "not-found" })],
    ["an empty search is refused", original, block("", "x\n"), refusal({ why: "empty-search" })],
    ["an empty search fills an empty file", "", block("", "x\n"), edit("x\n")],
    [
      "two over one line are refused",
      original,
      block("a = 1\n", "a = 8\n") + block("a = 1\n", "a = 9\n"),
      refusal({ why: "overlap", block: 2, other: 1 }),
    ],
    [
      "two in one place are refused",
      original,
      block("c = 3\n", "c = 3\nd\n") + block("c = 3\n", "c = 3\ne\n"),
      refusal({ why: "overlap" }),
    ],
    [
      "the same one twice counts once",
      original,
      block("a = 1\n", "a = 9\n").repeat(2),
      edit("a = 9\nb = 2\nc = 3\nb = 2\n", "repeated-block"),
    ],
    [
      "blanks at line ends may differ where one place fits",
      "a = 1  \nb = 2\n",
      block("a = 1\nb = 2\n", "a = 1\nb = 3\n"),
      edit("a = 1  \nb = 3\n", "trailing-blanks"),
    ],
    [
      "blanks at line ends may not make two places fit",
      "a = 1  \nb\na = 1\t\n",
      block("a = 1\n", "a = 2\n"),
      refusal({ why: "ambiguous", lines: [1, 3] }),
    ],
    ["other blanks must fit", "    a = 1\n", block("a = 1\n", "a = 2\n"), refusal({ why: "not-found" })],
    [
      "CRLF stays",
      "a = 1\r\nb = 2\r\n",
      block("a = 1\n", "a = 9\nc = 3\n"),
      edit("a = 9\r\nc = 3\r\nb = 2\r\n", "line-ends"),
    ],
    [
      "a file without a last line end keeps that",
      "a = 1\nb = 2",
      block("b = 2\n", "b = 2\nc = 3\n"),
      edit("a = 1\nb = 2\nc = 3"),
    ],
    [
      "a lone CR may not run together with the LF after it",
      "a = 1\rb = 2\nc = 3\n",
      block("b = 2\n", "\n"),
      refusal({ why: "malformed", block: 1 }),
    ],
    [
      "fences inside are no code",
      "a = 1\n",
      block("```python\na = 1\n```\n", "```python\na = 2\n```\n"),
      edit("a = 2\n"),
    ],
    [
      "a second divider is refused",
      original,
      "<<<<<<< SEARCH\na = 1\n=======\nx\n=======\ny\n>>>>>>> REPLACE",
      refusal({ why: "malformed" }),
    ],
    [
      "one that begins in another is refused",
      original,
      "<<<<<<< SEARCH\na = 1\n<<<<<<< SEARCH\n",
      refusal({ why: "malformed" }),
    ],
    [
      "one without a divider is refused",
      original,
      "<<<<<<< SEARCH\na = 1\n>>>>>>> REPLACE\n",
      refusal({ why: "malformed" }),
    ],
    [
      "a comment in place of lines is refused",
      "a = 1\nb = 2\nc = 3\n",
      block("a = 1\nb = 2\nc = 3\n", "a = 9\n# ... rest unchanged\n"),
      refusal({ why: "elided", line: "# ... rest unchanged" }),
    ],
  ])("%s", (_what, before, answer, expected) => {
    expect(parse(answer, before)).toMatchObject(expected);
  });

  it("what came whole before the answer broke off is taken, and labelled", () => {
    expect(parse(`${block("a = 1\n", "a = 9\n")}And th`, original, "length")).toMatchObject(
      edit("a = 9\nb = 2\nc = 3\nb = 2\n", "cut-off"),
    );
  });
});

describe("of a unified diff", () => {
  const original = "a = 1\nb = 2\nc = 3\nd = 4\n";
  it.each<[string, string, string, object]>([
    [
      "content says where, not numbers",
      original,
      "@@ -70,1 +9 @@\n b = 2\n-c = 3\n+c = 9\n",
      edit("a = 1\nb = 2\nc = 9\nd = 4\n"),
    ],
    [
      "up to two outer context lines need not fit",
      original,
      "@@ @@\n wrong\n also wrong\n-c = 3\n+c = 9\n d = 5\n",
      edit("a = 1\nb = 2\nc = 9\nd = 4\n", "context-fuzz"),
    ],
    ["three must", original, "@@ @@\n x\n y\n z\n-c = 3\n+c = 9\n", refusal({ why: "not-found" })],
    ["a removed line must fit", original, "@@ @@\n b = 2\n-c = 4\n+c = 9\n", refusal({ why: "not-found" })],
    [
      "a repeated place is refused, whatever its number",
      "x\nb\nx\n",
      "@@ -3 +3 @@\n-x\n+y\n",
      refusal({ why: "ambiguous", lines: [1, 3] }),
    ],
    ["a blank context line may have lost its blank", "a\n\nb\n", "@@ @@\n a\n\n-b\n+c\n", edit("a\n\nc\n")],
    [
      "prose after it is not read",
      original,
      "@@ @@\n-c = 3\n+c = 9\n\nThis fixes it.\n- really\n",
      edit("a = 1\nb = 2\nc = 9\nd = 4\n"),
    ],
    [
      "a fence may stand for its head",
      original,
      "```diff\n-c = 3\n+c = 9\n```\n",
      edit("a = 1\nb = 2\nc = 9\nd = 4\n"),
    ],
    [
      "a line without a sign is refused in a fence",
      original,
      "```diff\n@@ @@\n-c = 3\n+c = 9\nd = 4\n```\n",
      refusal({ why: "malformed" }),
    ],
    [
      "a note on the last line end is no line",
      original,
      "@@ @@\n-d = 4\n\\ No newline at end of file\n+d = 5\n",
      edit("a = 1\nb = 2\nc = 3\nd = 5\n"),
    ],
    [
      "only insertions without context are refused",
      original,
      "@@ -1,0 +2 @@\n+x = 1\n",
      refusal({ why: "empty-search" }),
    ],
    [
      "the next file's head ends a hunk",
      original,
      "@@ @@\n-d = 4\n+d = 5\n--- a/x\n+++ b/x\n@@ @@\n-a = 1\n+a = 2\n",
      edit("a = 2\nb = 2\nc = 3\nd = 5\n"),
    ],
  ])("%s", (_what, before, answer, expected) => {
    expect(parse(answer, before)).toMatchObject(expected);
  });

  it("one that the answer breaks off in is refused", () => {
    expect(parse("```diff\n@@ @@\n-c = 3\n+c =", original, "length")).toMatchObject(
      refusal({ why: "truncated", block: 1 }),
    );
  });
});

describe("of a whole script", () => {
  const original = "\nimport os\n\na = 1\nb = 2\nc = 3\n\n";
  it.each<[string, string, object]>([
    [
      "blank lines at its edges are the original's",
      "```python\nimport os\n\na = 1\nb = 9\nc = 3\n```",
      edit("\nimport os\n\na = 1\nb = 9\nc = 3\n\n"),
    ],
    ["no fence is needed", "import os\n\na = 1\nb = 9\nc = 3\n", edit("\nimport os\n\na = 1\nb = 9\nc = 3\n\n")],
    ["a fragment is refused", "```python\nb = 9\n```", refusal({ why: "fragment", lines: 1, of: 4 })],
    ["an elision is refused", "```python\nimport os\n# ... existing code ...\nc = 4\n```", refusal({ why: "elided" })],
    ["prose is no edit", "I would not change anything.", refusal({ why: "no-edit" })],
    ["nothing is no edit", "", refusal({ why: "no-edit" })],
  ])("%s", (_what, answer, expected) => {
    expect(parse(answer, original)).toMatchObject(expected);
  });

  it("a lone CR becomes an LF where it would run together with the LF after it", () => {
    expect(parse("```python\na = 1\n\nc = 3\n```", "a = 1\rb = 2\nc = 3\n")).toMatchObject(edit("a = 1\n\nc = 3\n"));
  });
});
