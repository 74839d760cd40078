import { describe, expect, it } from "vitest";
import { pythonProgram } from "./python-program.ts";

const run = pythonProgram("successive_halving", "halving:");

interface Gain {
  readonly gain?: number;
  readonly error?: number;
  readonly folds?: number;
  readonly why?: string;
}

interface Answer {
  readonly kind: "ranked" | "none";
  readonly gains?: readonly Gain[];
  readonly why?: string;
}

const options = { rows: 2000, folds: 5, seconds: 60, seed: 1, metric: "rmse" };

const compare = (before: string, scripts: readonly string[], more: object = {}): Answer =>
  run<Answer>(before, { ...options, scripts, ...more });

const script = (estimator: string, features = "X"): string => `import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LogisticRegression, Ridge

random = np.random.RandomState(0)
X = pd.DataFrame(random.rand(200, 5))
y = X[0] * 3 + random.rand(200)
labels = (y > y.mean()).map({True: "yes", False: "no"})
model = ${estimator}
model.fit(${features}, ${estimator.startsWith("Logistic") ? "labels" : "y"})
raise ValueError("behind the fit")
`;

const [ridge, poor, constant] = ["Ridge()", "Ridge(alpha=100.0)", "DummyRegressor()"].map((call) => script(call)) as [
  string,
  string,
  string,
];

describe("successive halving", () => {
  it("measures gains on the same folds, and leaves the worse half out after the first and each second fold", () => {
    const { kind, gains = [] } = compare(poor, [constant, ridge, poor, script("Ridge(alpha=50.0)")]);
    expect(kind).toBe("ranked");
    expect(gains.map(({ folds }) => folds)).toEqual([1, 5, 1, 3]);
    const [first, second, same] = gains;
    expect(first?.gain).toBeLessThan(0);
    expect(second?.gain).toBeGreaterThan(3 * (second?.error ?? 0));
    expect(same?.gain).toBe(0);
  });

  it("counts greater as better whatever the metric", () => {
    const [weak, strong] = ["LogisticRegression(C=1e-06)", "LogisticRegression()"].map((call) => script(call)) as [
      string,
      string,
    ];
    for (const metric of ["auc", "logloss", "accuracy"])
      expect(compare(weak, [strong], { metric }).gains?.[0]?.gain).toBeGreaterThan(0);
  });

  it("says why a candidate is left out, and goes on with the others", () => {
    const { gains } = compare(poor, [
      script("Ridge()", 'X["a"]'),
      "def x(:\n",
      "x = 1\n",
      "import sys\nsys.exit(3)\n",
      script("Ridge(alpha='much')"),
      script("Ridge()", "X.head(10)").replace(", y)", ", y.head(10))"),
      ridge,
    ]);
    expect(gains?.map(({ why, folds }) => why ?? folds)).toEqual([
      expect.stringContaining("KeyError"),
      expect.stringContaining("SyntaxError"),
      "the script fits no model",
      "SystemExit: 3",
      expect.stringContaining("InvalidParameterError"),
      "it fits on other rows than the script before",
      5,
    ]);
  });

  it.each([
    ["fails", script("Ridge()", 'X["a"]'), "KeyError"],
    ["cannot be fitted", script("Ridge(alpha='much')"), "InvalidParameterError"],
    ["fits nothing", "x = 1\n", "fits no model"],
  ])("compares nothing where the script before %s", (_how, before, why) => {
    expect(compare(before, [ridge])).toMatchObject({ kind: "none", why: expect.stringContaining(why) });
  });

  it("draws as many rows as it may, by its seed", () => {
    const gainWith = (more: object): number => compare(poor, [ridge], more).gains?.[0]?.gain ?? 0;
    expect(gainWith({ rows: 60 })).not.toBe(gainWith({ rows: 200 }));
    expect(gainWith({ rows: 60, seed: 2 })).not.toBe(gainWith({ rows: 60 }));
    expect(gainWith({ rows: 60 })).toBe(gainWith({ rows: 60 }));
  });

  describe("compares on parts like those that the run holds back", () => {
    const trending = (estimator: string, columns = ["day", "city"], levels = 0): string => `import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression

random = np.random.RandomState(0)
train = pd.DataFrame({"day": random.permutation(300), "city": random.randint(0, 30, 300)})
y = pd.Series(train["day"] + (random.rand(30) * ${levels})[train["city"]] + random.rand(300) * 9)
train["date"] = pd.to_datetime(train["day"], unit="D", origin="2020-01-01").dt.strftime("%Y-%m-%d")
model = ${estimator}
model.fit(train[${JSON.stringify(columns)}], y)
`;
    const [forest, line] = [trending("RandomForestRegressor(20, random_state=0)"), trending("LinearRegression()")];

    it("has later rows scored by models of earlier ones", () => {
      const gainBy = (split?: object) => compare(forest, [line], { split }).gains?.[0];
      for (const column of ["day", "date"]) {
        const byTime = gainBy({ by: "time", column });
        expect(byTime).toMatchObject({ folds: 5 });
        expect(byTime?.gain).toBeGreaterThan(10 * (gainBy()?.gain ?? Number.NaN));
      }
    });

    it("keeps a group in one part", () => {
      // The level of a city can be learned of its own rows alone.
      const [known = "", perCity = ""] = [["day"], ["day", "city"]].map((columns) =>
        trending("RandomForestRegressor(20, random_state=0)", columns, 300),
      );
      const gainBy = (split?: object) => compare(known, [perCity], { split }).gains?.[0]?.gain ?? Number.NaN;
      expect(gainBy()).toBeGreaterThan(5);
      expect(gainBy({ by: "group", column: "city" })).toBeLessThan(gainBy() / 2);
    });

    it.each([
      ["no table has the column", { by: "time", column: "nowhere" }],
      ["there are fewer moments than parts", { by: "time", column: "half" }],
      ["there are fewer groups than parts", { by: "group", column: "half" }],
    ])("draws rows at random where %s", (_why, split) => {
      const halves = [forest, line].map((code) =>
        code.replace("model =", 'train["half"] = train["day"] // 150\nmodel ='),
      );
      const [before = "", after = ""] = halves;
      expect(compare(before, [after], { split })).toEqual(compare(before, [after]));
    });
  });

  it("ends when its time is over", () => {
    expect(compare(poor, [ridge], { seconds: 0.1 }).gains).toMatchObject([{ folds: 1 }]);
  });

  it("leaves a candidate out that one fit of takes too long", () => {
    const forest = script("RandomForestRegressor(100000)").replace(
      "import numpy",
      "from sklearn.ensemble import RandomForestRegressor\nimport numpy",
    );
    expect(compare(poor, [forest, ridge], { seconds: 6 }).gains).toMatchObject([
      { why: expect.stringMatching(/^TimeoutError: longer than \d s$/) },
      { folds: 5 },
    ]);
  });
});
