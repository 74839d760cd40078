import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalProgram as form } from "../src/index.ts";

const script = `import pandas as pd
from lightgbm import LGBMRegressor
train, test = pd.read_csv("input/train.csv"), pd.read_csv("input/test.csv")
features = [name for name in train.columns if name != "SalePrice"]
def encode(table, width=2):
    return table[features].fillna(0.5) * width
model = LGBMRegressor(n_estimators=200)
model.fit(encode(train), train["SalePrice"])
print(f"{len(features)} used")
`;

describe("the canonical form of a program", () => {
  it.each([
    ["comments and blank lines", script.replaceAll("\n", "  # note\n\n").replace("    return", "    return")],
    ["quotes", script.replaceAll('"input/train.csv"', "'input/train.csv'")],
    ["other names of variables", script.replaceAll("features", "chosen")],
    [
      "another name of a function and of its parameter",
      script.replaceAll("encode", "coded").replaceAll("table", "data"),
    ],
    ["another alias", script.replaceAll("pd", "pandas_")],
    [
      "line breaks in brackets, and a comma at their end",
      script.replace("LGBMRegressor(n_estimators=200)", "LGBMRegressor(\n    n_estimators=200,\n)"),
    ],
    ["parentheses", script.replace("fillna(0.5)", "fillna((0.5))")],
    ["spelling of a number", script.replace("0.5", "5e-1").replace("200", "2_00")],
  ])("is the same with %s", (_what, other) => {
    expect(other).not.toBe(script);
    expect(form(other)).toBe(form(script));
  });

  it.each([
    ["another number", script.replace("200", "201")],
    ["another column", script.replaceAll("SalePrice", "LotArea")],
    ["another keyword", script.replace("n_estimators", "num_leaves")],
    ["another class", script.replaceAll("LGBMRegressor", "XGBRegressor")],
    ["another method", script.replace(".fillna", ".clip")],
    ["a float in place of a whole number", script.replace("200", "200.0")],
    ["two variables that became one", script.replace("train, test =", "train, train =")],
    ["other text in a format string", script.replace("} used", "} left")],
    [
      "a statement in another block",
      `${script}if train.empty:\n    print(1)\n    print(2)\n`.replace("    print(2)", "print(2)"),
    ],
  ])("differs with %s", (_what, other) => {
    expect(form(other)).not.toBe(form(script));
  });

  it("keeps names that strings, keywords and classes mean", () => {
    expect(form('cap = 1\ndf.query("x > @cap")')).not.toBe(form('top = 1\ndf.query("x > @cap")'));
    expect(form("def f(a): return a\nf(a=1)")).not.toBe(form("def f(b): return b\nf(a=1)"));
    expect(form("class A:\n    def fit(self, X): return X")).not.toBe(
      form("class A:\n    def train(self, X): return X"),
    );
    expect(form("x = 1,")).not.toBe(form("x = 1"));
  });

  it("is none of what is no program", () => {
    expect(form("def f(:\n")).toBeUndefined();
  });

  it("never depends on what variables are called, as long as they stay apart", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}_[0-9]$/), { minLength: 3, maxLength: 3 });
    const written = ([first, second, third]: readonly string[]) =>
      `${first} = 1\nfor ${second} in range(${first}):\n    ${third} = ${second} + ${first}\nprint(${third})\n`;
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(form(written(one))).toBe(form(written(other)));
        const [first = "", second = ""] = other;
        expect(form(written(one))).not.toBe(form(written([first, second, second])));
      }),
    );
  });
});
