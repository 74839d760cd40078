import { describe, expect, it } from "vitest";
import { pythonProgram } from "./python-program.ts";

const run = pythonProgram("ablate_blocks", "ablate-blocks:");

interface Answer {
  readonly kind: "ablated" | "none";
  readonly score?: number;
  readonly effects?: readonly { function: string; without: number; effect: number; error: number }[];
  readonly why?: string;
}

const ablate = (code: string, options: Record<string, unknown> = {}): Answer =>
  run<Answer>(code, { seconds: 60, rows: 400, seed: 1, metric: "rmse", ...options });

interface Parts {
  readonly features?: string;
  readonly estimator?: string;
  readonly transformer?: string;
  readonly adjusted?: string;
  readonly target?: string;
  readonly model?: string;
  readonly predictions?: string;
}

/** A script of functions on a table of its own. */
const script = ({
  features = "return data",
  estimator = "Ridge()",
  transformer = "None",
  adjusted = "predictions",
  target = "np.exp(table['a'])",
  model = "TransformedTargetRegressor(model, transformer=make_target_transformer())",
  predictions = "adjust_predictions(model.predict(features))",
}: Parts): string => `import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

def add_features(data):
    """Adds."""
    ${features}

def make_preprocessor(numeric, categorical):
    return ColumnTransformer([("numeric", StandardScaler(), numeric), ("categorical", OneHotEncoder(), categorical)])

def make_estimator():
    return ${estimator}

def make_target_transformer():
    return ${transformer}

def adjust_predictions(predictions):
    return ${adjusted}

random = np.random.RandomState(0)
table = pd.DataFrame(random.uniform(1, 4, (600, 3)), columns=["a", "b", "c"])
table["kind"] = random.choice(["x", "y", "z"], 600)
labels = pd.Series(${target})
features = add_features(table.copy())
numeric = [column for column in features.columns if column != "kind"]
model = Pipeline([("preprocess", make_preprocessor(numeric, ["kind"])), ("estimator", make_estimator())])
model = ${model}
model.fit(features, labels)
predictions = ${predictions}
raise ValueError("behind the fit")
`;

const classified: Parts = {
  target: "(table['a'] > table['b']).map({True: 'yes', False: 'no'})",
  model: "model",
  estimator: "LogisticRegression()",
  predictions: "adjust_predictions(model.predict_proba(features)[:, 1])",
};

/** The function with the largest effect, and how that is signed. */
const foremost = ({ effects = [] }: Answer): readonly [string, number] | undefined => {
  const [first] = effects.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  return first === undefined ? undefined : [first.function, Math.sign(first.effect)];
};

const ratio = 'data["ratio"] = data["a"] / data["b"]\n    return data';

describe("an ablation of a script of functions", () => {
  it.each<[string, Parts, Record<string, unknown>, readonly [string, number]]>([
    ["features", { features: ratio, target: "table['a'] / table['b'] * 9" }, {}, ["add_features", 1]],
    [
      "the transformed target",
      { transformer: "FunctionTransformer(np.log, inverse_func=np.exp)" },
      {},
      ["make_target_transformer", 1],
    ],
    ["predictions that are made worse", { adjusted: "predictions + 100" }, {}, ["adjust_predictions", -1]],
    ["an estimator that is worse than a linear one", { estimator: "DummyRegressor()" }, {}, ["make_estimator", -1]],
    [
      "the encoding of words",
      { target: "table['kind'].map({'x': 1.0, 'y': 9.0, 'z': 2.0})" },
      {},
      ["make_preprocessor", 1],
    ],
    [
      "a class's probability",
      { ...classified, adjusted: "1 - predictions" },
      { metric: "logloss" },
      ["adjust_predictions", -1],
    ],
    [
      "all classes' probabilities",
      {
        ...classified,
        adjusted: "predictions[:, ::-1]",
        predictions: "adjust_predictions(model.predict_proba(features))",
      },
      { metric: "logloss" },
      ["adjust_predictions", -1],
    ],
    [
      "a worse classifier",
      { ...classified, estimator: "DummyClassifier()" },
      { metric: "accuracy" },
      ["make_estimator", -1],
    ],
  ])("finds that %s matter most", (_what, parts, options, expected) => {
    const answer = ablate(script(parts), options);
    expect(answer.why).toBeUndefined();
    expect(foremost(answer)).toEqual(expected);
    for (const { without, effect, error } of answer.effects ?? []) {
      expect(effect).toBeCloseTo((answer.score ?? 0) - without, 6);
      expect(error).toBeGreaterThanOrEqual(0);
    }
  });

  it("leaves out functions that stand in their plainest form, and those that the script needs", () => {
    const needed = script({ features: ratio }).replace("numeric = [", 'features["ratio"]\nnumeric = [');
    const answer = ablate(needed);
    expect(answer.why).toBeUndefined();
    expect(answer.effects?.map((one) => one.function)).toEqual(["make_estimator", "make_preprocessor"]);
  });

  it("gives the same under a seed, and something else on other rows", () => {
    const code = script({ features: ratio });
    const first = ablate(code);
    expect(ablate(code)).toEqual(first);
    expect(ablate(code, { seed: 2 }).score).not.toBe(first.score);
    expect(ablate(code, { rows: 100 }).score).not.toBe(first.score);
  });

  it.each([
    ["no such function", "x = 1\n", {}, "none of the functions"],
    [
      "nothing that is fitted",
      script({})
        .replace("model.fit", "print")
        .replace(/predictions = adjust.*\nraise/, "#"),
      {},
      "fits no model",
    ],
    ["an error before", script({}).replace("np.exp(", "np.exponent("), {}, "AttributeError"],
    ["no time", script({}), { seconds: 0 }, "took all the time"],
    ["a script that does not parse", "def make_estimator(:\n", {}, "SyntaxError"],
  ])("finds nothing with %s, and says so", (_what, code, options, why) => {
    expect(ablate(code, options)).toMatchObject({ kind: "none", why: expect.stringContaining(why) });
  });
});
