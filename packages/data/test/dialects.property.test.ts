import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dialectRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { hintsOf, prepareFolder, writeFiles } from "./folder.ts";
import { openVerified, type Verified } from "./verifier.ts";

let opened: Verified;
beforeAll(async () => {
  opened = await openVerified();
});
afterAll(() => opened[Symbol.asyncDispose]());

/** How a file is written. */
interface Dialect {
  readonly separator: string;
  readonly decimal: string;
  readonly encoding: "utf8" | "latin1" | "utf16le";
  readonly mark: boolean;
  readonly quoting: "minimal" | "all" | "text";
  readonly end: string;
  readonly missing: string;
  readonly quirk:
    | "none"
    | "repeated"
    | "spaced"
    | "unnamed"
    | "title"
    | "sep"
    | "rownames"
    | "blanks"
    | "comment"
    | "padded";
  readonly lastEnd: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  separator: fc.constantFrom(",", ";", "\t", "|"),
  decimal: fc.constantFrom(".", ".", ","),
  encoding: fc.constantFrom("utf8" as const, "utf8" as const, "latin1" as const, "utf16le" as const),
  mark: fc.boolean(),
  quoting: fc.constantFrom("minimal" as const, "all" as const, "text" as const),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  missing: fc.constantFrom("", "NA", "NaN", "?", "-", "null", "N/A"),
  quirk: fc.constantFrom(
    "none",
    "none",
    "repeated",
    "spaced",
    "unnamed",
    "title",
    "sep",
    "rownames",
    "blanks",
    "comment",
    "padded",
  ),
  lastEnd: fc.boolean(),
});

const words = [
  "red",
  "green",
  "sky blue",
  "zürich",
  "a,b",
  "semi;colon",
  "pi|pe",
  'say "hi"',
  "one\nof two lines",
  "x",
  "tab\tbed",
  "ñandú",
];

interface Written {
  readonly dialect: Dialect;
  readonly rows: readonly {
    readonly number: number;
    readonly word: number;
    readonly whole: number;
    readonly gap: boolean;
    readonly y: number;
  }[];
}

const files: fc.Arbitrary<Written> = fc.record({
  dialect: dialects,
  rows: fc.array(
    fc.record({
      number: fc.integer({ min: -500_000, max: 5_000_000 }),
      word: fc.nat(words.length - 1),
      whole: fc.nat(90),
      gap: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      y: fc.integer({ min: 1, max: 999_999 }),
    }),
    { minLength: 12, maxLength: 40 },
  ),
});

/** The text of a file, and what its target is called. */
const textOf = ({ dialect, rows }: Written): { readonly bytes: Buffer; readonly target: string } => {
  const { separator, decimal, quoting, end, missing, quirk } = dialect;
  const cell = (value: string, isText: boolean): string => {
    const needs = value.includes(separator) || /["\r\n]/.test(value);
    return needs || quoting === "all" || (quoting === "text" && isText) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  const decimals = (value: number) => cell((value / 100).toFixed(2).replace(".", decimal), false);
  const names = ["id", "number", "word", "whole", "y"];
  if (quirk === "repeated") names[3] = "number";
  if (quirk === "spaced") [names[1], names[2]] = ["a number", "größe"];
  if (quirk === "unnamed") names[0] = "";
  const join = separator + (quirk === "padded" && separator !== "\t" ? " " : "");
  // A word that holds the line end alone cannot be distinguished from two rows where fields are not quoted.
  const word = (at: number) => (end === "\r" ? words[at]!.replaceAll("\n", " ") : words[at]!.replaceAll("\n", end));
  const body = rows.map(({ number, word: at, whole, gap, y }, row) =>
    [
      ...(quirk === "rownames" ? [`r${row}`] : []),
      String(row + 1),
      gap ? missing : decimals(number),
      cell(word(at), true),
      gap && row % 2 === 0 ? missing : String(whole),
      decimals(y * 3 + 1),
    ].join(join),
  );
  const header = names.map((name) => cell(name, true)).join(join);
  const above = {
    title: ["Exported from a report"],
    sep: [`sep=${separator}`],
    comment: ["# made by hand", "# twice"],
  };
  const lines = [...(quirk === "title" || quirk === "sep" || quirk === "comment" ? above[quirk] : []), header, ...body];
  const text =
    lines.flatMap((line, at) => (quirk === "blanks" && at % 5 === 4 ? [line, ""] : [line])).join(end) +
    (dialect.lastEnd ? end : "");
  const marked =
    dialect.encoding === "utf16le" || (dialect.mark && dialect.encoding === "utf8") ? `\uFEFF${text}` : text;
  return { bytes: Buffer.from(marked, dialect.encoding), target: "y" };
};

describe("however a file is written", () => {
  it(
    "scripts read from ./input what they read from the user's own file, with the arguments that the brief names",
    { timeout: 3_600_000 },
    async () => {
      let number = 0;
      await fc.assert(
        fc.asyncProperty(files, async (written) => {
          const { bytes, target } = textOf(written);
          const folder = join(opened.root, `source-${number}`);
          const laid = join(opened.root, `laid-${number++}`);
          await writeFiles(folder, { "table.csv": bytes });
          const { data, roles, input } = await prepareFolder(
            opened.reader,
            folder,
            laid,
            hintsOf("predict y", { targets: [target] }),
          );
          const [train] = roles.train;
          expect(data.heldOut?.truth.size).toBeGreaterThan(0);
          const type = train.columns.find(({ name }) => name === "y")?.type;
          expect(["number", "integer"]).toContain(type);
          const args = JSON.parse(JSON.stringify(train.args));
          const differs = await opened.verifier.ask("same_rows", {
            source: join(folder, "table.csv"),
            kept: join(input, "table.csv"),
            held: join(input, data.testPath),
            args,
            heldArgs: args,
            targets: [target],
          });
          expect(differs).toBe("");
          // The truth is the number that was written.
          const truths = [...data.heldOut!.truth.values()].map(([value]) => Number(value));
          const known = new Set(written.rows.map(({ y }) => Math.round(y * 3 + 1) / 100));
          expect(truths.filter((value) => !known.has(value))).toEqual([]);
          await rm(folder, { recursive: true, force: true });
          await rm(laid, { recursive: true, force: true });
        }),
        { numRuns: dialectRuns(40), seed: 20_261_128, endOnFailure: true },
      );
    },
  );
});
