import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";

const file = fileURLToPath(new URL("../python/static_repair.py", import.meta.url));

interface Answer {
  readonly code: string;
  readonly keywords: readonly string[];
  readonly refused: { readonly kind: string; readonly message: string } | null;
}

let python = "";
beforeAll(async () => {
  python = await findScriptsPython();
}, 300_000);

const check = (code: string, options: Partial<Record<"keywords" | "sample" | "rows", boolean>>): Answer => {
  const folder = mkdtempSync(join(tmpdir(), "aide-check-"));
  mkdirSync(join(folder, "input"));
  const rows = Array.from({ length: 1000 }, (_, at) => `${at},${at % 7},${at < 990 ? "a" : "b"},${at % 5}`);
  writeFileSync(join(folder, "input", "train.csv"), `id,x,kind,y\n${rows.join("\n")}\n`);
  writeFileSync(
    join(folder, "input", "test.csv"),
    `id,x,kind\n${rows.map((row) => row.replace(/,\d$/, "")).join("\n")}\n`,
  );
  writeFileSync(join(folder, "candidate.py"), code);
  writeFileSync(
    join(folder, "options.json"),
    JSON.stringify({ keywords: false, sample: false, rows: false, ...options }),
  );
  const out = execFileSync(python, [file], { cwd: folder }).toString();
  const {
    code: checked,
    keywords,
    refused,
  } = JSON.parse(out.slice(out.indexOf("static-repair:") + "static-repair:".length)) as Answer;
  return { code: checked, keywords, refused };
};

const script = (features: string, estimator = "Ridge()", target = "y"): string => `import pandas as pd
from sklearn.linear_model import LogisticRegression, Ridge

def add_features(data):
    data["x2"] = data["x"] * 2
    ${features}
    return data

def make_estimator():
    return ${estimator}

def prepare(table):
    return add_features(table[features].copy()).select_dtypes("number").fillna(0)

train, test = pd.read_csv("input/train.csv"), pd.read_csv("input/test.csv")
target = "${target}"
features = ["x", "kind"]
train_features, test_features = prepare(train), prepare(test)
print(len(train_features), "rows")
model = make_estimator().fit(train_features, train[target])
`;

describe("arguments that a class does not take", () => {
  it.each([
    ["a name that is nearly right", "Ridge(alphas=1.0)", "Ridge(alpha=1.0)"],
    ["an argument of older versions", "OneHotEncoder(sparse=False)", "OneHotEncoder(sparse_output=False)"],
    ["an argument of another class", "Ridge(alpha=2, n_estimators=10)", "Ridge(alpha=2)"],
    [
      "one of an inner call",
      "make_pipeline(StandardScaler(), Ridge(depth=3))",
      "make_pipeline(StandardScaler(), Ridge())",
    ],
    ["one of an outer and of an inner call", "BaggingRegressor(Ridge(depth=3), base=1)", "BaggingRegressor(Ridge())"],
  ])("%s", (_what, call, fixed) => {
    const before = `# é\nfrom sklearn.linear_model import Ridge\nfrom sklearn.ensemble import BaggingRegressor\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import OneHotEncoder, StandardScaler\nmodel = [${call}]  # as "it" is\n`;
    const { code, keywords } = check(before, { keywords: true });
    expect(code).toBe(before.replace(call, fixed));
    expect(keywords.length).toBeGreaterThan(0);
  });

  it.each([
    ["of a class that takes any", "from lightgbm import LGBMRegressor\nm = LGBMRegressor(whatever=1)\n"],
    ["of a function of the script's own", "def f(a):\n    return a\nf(a=1)\n"],
    ["in a script that does not parse", "m = Ridge(alfa=1"],
    ["of what is not installed", "from nowhere import Nothing\nm = Nothing(alfa=1)\n"],
  ])("are left alone where they are %s", (_what, code) => {
    expect(check(code, { keywords: true })).toEqual({ code, keywords: [], refused: null });
  });
});

it("gets the imports that it forgot before it is checked", () => {
  const { code, keywords } = check("model = Ridge(alphas=1.0)\n", { keywords: true });
  expect(code).toBe("from sklearn.linear_model import Ridge\nmodel = Ridge(alpha=1.0)\n");
  expect(keywords).toHaveLength(1);
});

describe("a run on few rows", () => {
  const all = { sample: true, rows: true };

  it("lets a sound script pass", () => {
    expect(check(script("pass"), all).refused).toBeNull();
  });

  it.each([
    ["a column that is not there", 'data["z"] = data["nothing"] + 1', "KeyError: 'nothing' in `add_features`"],
    ["the target", 'data["z"] = data["y"] + 1', "`y` is the target, which is no column of the table"],
    ["arithmetic on text", 'data["z"] = data["kind"] / data["x"]', "TypeError"],
  ])("refuses %s, and says where", (_what, features, message) => {
    const { refused } = check(script(features), all);
    expect(refused).toMatchObject({ kind: "sample" });
    expect(refused?.message).toContain(message);
    expect(refused?.message).toContain(features);
  });

  it("refuses an estimator that cannot be fitted", () => {
    expect(check(script("pass", "Ridge(alpha=-1)"), all).refused?.message).toContain("alpha");
  });

  it("holds rows of each class, however rare", () => {
    expect(check(script("pass", "LogisticRegression()", "kind"), all).refused).toBeNull();
  });

  it.each([
    ["a sum over the table", 'data["z"] = data["x"].sum()'],
    ["a rank", 'data["z"] = data["x"].rank()'],
    [
      "an encoding by order of appearance",
      'data["z"] = data["kind"].astype("category").cat.codes + data["x"].factorize()[0] + len(data)',
    ],
    ["columns that depend on the values", 'data = pd.get_dummies(data, columns=["kind", "x"])'],
    ["rows that are left out", 'data = data[data["x"] > 0]'],
  ])("refuses %s as a feature of a row", (_what, features) => {
    expect(check(script(features), all).refused).toMatchObject({ kind: "rows" });
    expect(check(script(features), { sample: true }).refused?.kind).not.toBe("rows");
  });

  it.each([
    ["of text", 'data["z"] = data["kind"] + "!"'],
    ["that is missing", 'data["z"] = data["x"] / data["x"].where(data["x"] > 100)'],
    ["of whole numbers that a missing one makes fractions", 'data["z"] = data["x"].where(data["x"] != 6)'],
  ])("lets a feature pass %s", (_what, features) => {
    expect(check(script(features), all).refused).toBeNull();
  });

  it("is none of a script that has no such functions", () => {
    expect(check("raise ValueError('run')\n", all).refused).toBeNull();
  });
});
