import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeReads, type Reads } from "../src/index.ts";

const reads: Reads = {
  "train.csv": { call: "read_csv", args: { sep: ";", decimal: ",", encoding: "latin-1" } },
  "sub/ids.csv": { call: "read_csv", args: { dtype: { pid: "str" } } },
  "none.csv": { call: "read_csv", args: { keep_default_na: false, na_values: [""] } },
  "space.csv": { call: "read_csv", args: { skipinitialspace: true } },
  "lines.json": { call: "read_json", args: { lines: true } },
};

describe("a call that reads a table plainly is completed", () => {
  it.each([
    ['pd.read_csv("./input/train.csv")', 'pd.read_csv("./input/train.csv", sep=";", decimal=",", encoding="latin-1")'],
    [
      "pandas.read_csv('input/train.csv', )",
      'pandas.read_csv(\'input/train.csv\', sep=";", decimal=",", encoding="latin-1" )',
    ],
    [
      'train, test = pd.read_csv("./input/train.csv", index_col=0), pd.read_csv("./input/test.csv")',
      'train, test = pd.read_csv("./input/train.csv", index_col=0, sep=";", decimal=",", encoding="latin-1"), pd.read_csv("./input/test.csv")',
    ],
    ['read_csv("./input/sub/ids.csv")', 'read_csv("./input/sub/ids.csv", dtype={"pid": str})'],
    ['pd.read_csv("./input/none.csv")', 'pd.read_csv("./input/none.csv", keep_default_na=False, na_values=[""])'],
    ['pd.read_csv("./input/space.csv").head()', 'pd.read_csv("./input/space.csv", skipinitialspace=True).head()'],
    ['pd.read_json("./input/lines.json")', 'pd.read_json("./input/lines.json", lines=True)'],
    [
      'pd.concat([pd.read_csv(\n    "./input/train.csv",\n)])',
      'pd.concat([pd.read_csv(\n    "./input/train.csv", sep=";", decimal=",", encoding="latin-1"\n)])',
    ],
  ])("%s", (code, completed) => {
    expect(completeReads(code, reads)).toBe(completed);
    // Once is enough.
    expect(completeReads(completed, reads)).toBe(completed);
  });
});

describe("what a script gives is its own", () => {
  it.each([
    ['pd.read_csv("./input/train.csv", sep=",", decimal=".", encoding="utf-8")'],
    ['pd.read_csv("./input/none.csv", keep_default_na=False)'],
    ['pd.read_csv("./input/train.csv", **options)'],
    ['pd.read_csv("./other/train.csv")'],
    ['pd.read_csv(f"./input/{name}.csv")'],
    ["pd.read_csv(path)"],
    ['pd.read_parquet("./input/train.csv")'],
    ['# pd.read_csv("./input/train.csv")'],
    ["text = 'pd.read_csv(\"./input/train.csv\")'"],
  ])("%s", (code) => expect(completeReads(code, reads)).toBe(code));

  it("beside what is missing in another group", () => {
    expect(completeReads('pd.read_csv("./input/train.csv", sep=";")', reads)).toBe(
      'pd.read_csv("./input/train.csv", sep=";", decimal=",", encoding="latin-1")',
    );
  });

  it("whatever text it is, and nothing is taken away", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (noise) => {
        const code = `${noise}\npd.read_csv("./input/train.csv")\n`;
        const completed = completeReads(code, reads);
        expect(completed.length).toBeGreaterThanOrEqual(code.length);
        expect(completed.replace(', sep=";", decimal=",", encoding="latin-1"', "")).toBe(code);
      }),
    );
  });
});
