import type { SubmissionFormat } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSubmission } from "../../src/index.ts";

const format = (more: Partial<SubmissionFormat> = {}): SubmissionFormat => ({
  columns: ["Id", "y"],
  id: ["Id"],
  keys: ["94", "150", "151", "200"],
  kind: "value",
  targets: ["y"],
  ...more,
});

const check = (csv: string, more: Partial<SubmissionFormat> = {}) => checkSubmission(Buffer.from(csv), format(more));
const rowsOf = (csv: string, more: Partial<SubmissionFormat> = {}) => {
  const checked = check(csv, more);
  return checked.ok ? Object.fromEntries(checked.rows) : checked.problem;
};
const right = "Id,y\n94,1\n150,2\n151,3\n200,4\n";
const read = { "94": ["1"], "150": ["2"], "151": ["3"], "200": ["4"] };

describe("a submission is accepted", () => {
  it.each([
    ["as it is asked for", right],
    ["with columns in another order", "y,Id\n1,94\n2,150\n3,151\n4,200\n"],
    ["with rows in another order", "Id,y\n200,4\n94,1\n151,3\n150,2\n"],
    ["with semicolons", right.replaceAll(",", ";")],
    ["with tabs", right.replaceAll(",", "\t")],
    ["with spaces around names", right.replace("Id,y", " Id , y")],
    ["with a byte-order mark, CRLF and empty lines", `\uFEFF${right.replaceAll("\n", "\r\n")}\r\n\r\n`],
    ["with ids read as fractions", "Id,y\n94.0,1\n150.0,2\n151.0,3\n200.0,4\n"],
    ["with ids in zeros", "Id,y\n000094,1\n000150,2\n000151,3\n000200,4\n"],
    ["with ids in spaces and quotes", 'Id,y\n" 94",1\n"150 ",2\n"151",3\n200,4\n'],
  ])("%s", (_name, csv) => {
    expect(rowsOf(csv)).toEqual(read);
  });

  it("with ids of the format written in zeros or as fractions, under the format's own keys", () => {
    for (const keys of [
      ["000094", "000150", "000151", "000200"],
      ["94.0", "150.0", "151.0", "200.0"],
    ]) {
      const rows = rowsOf(right, { keys });
      expect(Object.keys(rows)).toEqual(keys);
    }
  });

  it("by exact ids alone where two of the format are one number", () => {
    const keys = ["1", "01", "2"];
    expect(rowsOf("Id,y\n01,a\n1,b\n2,c\n", { keys })).toEqual({ "01": ["a"], "1": ["b"], "2": ["c"] });
    expect(rowsOf("Id,y\n1,a\n01,b\n2.0,c\n", { keys })).toContain("1 id missing: 2");
  });

  it("with ids of several columns", () => {
    const composite = {
      columns: ["city", "year", "week", "cases"],
      id: ["city", "year", "week"],
      keys: ["sj\t2002\t01", "sj\t2002\t02"],
    };
    const rows = rowsOf("week,city,cases,year\n2,sj,7,2002.0\n1,sj,5,2002.0\n", composite);
    expect(rows).toEqual({ "sj\t2002\t02": ["7"], "sj\t2002\t01": ["5"] });
    expect(rowsOf("city,year,week,cases\nsj,2002,1,1\niq,2002,2,1\n", composite)).toContain("1 id missing: sj 2002 02");
  });

  it("with an id column without a name, as pandas writes an index", () => {
    const unnamed = { columns: ["", "y"], id: [""], keys: ["1", "2"] };
    expect(rowsOf(",y\n1,5\n2,6\n", unnamed)).toEqual({ "1": ["5"], "2": ["6"] });
    expect(rowsOf("Unnamed: 0,y\n1,5\n2,6\n", unnamed)).toEqual({ "1": ["5"], "2": ["6"] });
  });

  it("row by row where there is no id", () => {
    expect(rowsOf("y\n5\n6\n", { columns: ["y"], id: [], keys: ["0", "1"] })).toEqual({ "0": ["5"], "1": ["6"] });
  });

  it("with None as an answer, and with NaN where a class is called so", () => {
    expect(rowsOf("Id,y\n1,None\n2,none\n", { keys: ["1", "2"] })).toEqual({ "1": ["None"], "2": ["none"] });
    expect(rowsOf("Id,y\n1,NaN\n2,b\n", { keys: ["1", "2"], classes: ["NaN", "b"] })).toEqual({
      "1": ["NaN"],
      "2": ["b"],
    });
  });
});

describe("a submission is refused in words that say what to do", () => {
  it.each([
    ["missing ids", right.replace("150,2", "149,2"), "1 id missing", "1 id missing: 150."],
    ["foreign ids", right.replace("150,2", "149,2"), "1 id missing", "It has 1 id that the test file lacks: 149."],
    ["other ids", "Id,y\n0,1\n1,1\n2,1\n3,1\n", "4 ids missing", "4 ids missing: 94, 150, 151, …"],
    [
      "too few rows",
      right.replace("150,2\n", ""),
      "3 rows, 4 wanted",
      "has 3 rows, but the test file has 4. 1 id missing: 150.",
    ],
    ["too many rows", `${right}7,7\n`, "5 rows, 4 wanted", "has 5 rows, but the test file has 4"],
    ["a repeated id", right.replace("150,2", "94.0,2"), "1 id repeated", "repeats Id 94"],
    ["a gap", right.replace("150,2", "150,"), "missing values in 1 row", "missing values (NaN) in 1 row: Id 150."],
    ["NaN", right.replace("150,2", "150,nan"), "missing values in 1 row", "missing values (NaN)"],
    [
      "another column",
      right.replace("Id,y", "Id,z"),
      "column y missing",
      "exactly the columns Id, y, but it has Id, z (it lacks y; z must go)",
    ],
    ["a column too many", "Id,y,z\n94,1,1\n", "extra column z", "but it has Id, y, z"],
    ["an index too many", ",Id,y\n0,94,1\n", "extra column ``", "it has the extra column ``: write with index=False"],
    ["nothing", "", "the file is empty", "exactly the columns Id, y, but it is empty"],
    ["no table", '\u0000\u0001 no table\n\n"', "not a CSV file", "is not a CSV file"],
    [
      "decimal commas",
      right.replace("150,2", "150,2,5"),
      "rows with too many cells",
      "Numbers take a decimal point, not a comma",
    ],
  ])("%s", (_name, csv, brief, problem) => {
    const checked = check(csv);
    expect(checked).toMatchObject({ ok: false, brief });
    expect(checked.ok ? "" : checked.problem).toContain(problem);
  });

  it("and never with an exception, whatever its bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const checked = checkSubmission(bytes, format());
        expect(checked.ok || (checked.problem !== "" && checked.brief !== "")).toBe(true);
      }),
    );
  });

  it("unless it has every id once and every answer, in whatever order and spelling", () => {
    const spelling = fc.constantFrom(
      (key: string) => key,
      (key: string) => `${key}.0`,
      (key: string) => `00${key}`,
      (key: string) => ` ${key} `,
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 20 }),
        fc.array(spelling, { minLength: 20, maxLength: 20 }),
        fc.option(fc.nat(19), { nil: undefined }),
        (ids, spellings, dropped) => {
          const keys = ids.map(String);
          const lines = keys.map((key, at) => `${spellings[at]!(key)},${at}`).filter((_, at) => at !== dropped);
          const isWhole = lines.length === keys.length;
          expect(check(`Id,y\n${lines.toReversed().join("\n")}\n`, { keys }).ok).toBe(isWhole);
        },
      ),
    );
  });
});
