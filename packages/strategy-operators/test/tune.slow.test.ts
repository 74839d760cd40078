import { describe, expect, it } from "vitest";
import { pythonProgram } from "./python-program.ts";

const run = pythonProgram("tune", "tune:");

interface Answer {
  readonly kind: "tuned" | "none";
  readonly code?: string;
  readonly tried?: number;
  readonly before?: number;
  readonly after?: number;
  readonly why?: string;
}

const search = (code: string, metric = "rmse", seconds = 60): Answer =>
  run<Answer>(code, { seconds, tries: 30, seed: 1, metric });

const script = (estimator: string, fitted = "model"): string => `import numpy as np
import pandas as pd
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multioutput import MultiOutputRegressor
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline

def make_estimator():
    """Makes it."""
    return ${estimator}  # é

random = np.random.RandomState(0)
X = pd.DataFrame(random.rand(200, 20))
y = X[0] * 3 + random.rand(200)
labels = (y > y.mean()).map({True: "yes", False: "no"})
model = Pipeline([("estimator", make_estimator())])
${fitted}.fit(X, ${estimator.startsWith("Logistic") ? "labels" : "y"})
raise ValueError("behind the fit")
`;

describe("a search of hyperparameters", () => {
  it.each([
    ["in a pipeline", script("Ridge(alpha=1000.0)"), "Ridge(alpha="],
    ["behind a transformed target", script("Ridge(alpha=1000.0)", "TransformedTargetRegressor(model)"), "Ridge(alpha="],
    ["of a classifier", script("LogisticRegression(C=1e-05, max_iter=500)"), "LogisticRegression(max_iter=500, C="],
    ["with arguments by their place", script("KNeighborsRegressor(1)"), "KNeighborsRegressor(n_neighbors="],
  ])("finds better ones %s, and changes the call alone", (_where, code, call) => {
    const metric = code.includes("return Logistic") ? "auc" : "rmse";
    const { kind, code: changed = "", before = 0, after = 0, tried = 0 } = search(code, metric);
    expect({ kind }).toEqual({ kind: "tuned" });
    expect(after).toBeGreaterThan(before);
    expect(tried).toBeGreaterThan(0);
    expect(changed).toContain(`    return ${call}`);
    const kept = (text: string) => text.replace(/ {4}return .*\)/, "");
    expect(kept(changed)).toBe(kept(code));
    expect(changed).toContain("# é");
  });

  it("finds better ones for several targets", () => {
    const code = script("Ridge(alpha=1000.0)", "MultiOutputRegressor(model)").replace(
      ".fit(X, y)",
      '.fit(X, pd.DataFrame({"y": y, "z": -y}))',
    );
    expect(search(code)).toMatchObject({ kind: "tuned" });
  });

  it.each([
    ["an estimator that is not known", script("VotingRegressor([])"), "no hyperparameters are known"],
    ["no function", "x = 1\n", "no hyperparameters are known"],
    ["nothing that is fitted", script("Ridge()").replace("model.fit", "print").replace("raise", "#"), "fits no model"],
    ["an error before", script("Ridge()").replace("rand(200, 20)", "rands(200)"), "AttributeError"],
    ["a script that does not parse", "def make_estimator(:\n", "SyntaxError"],
  ])("finds none of %s, and says so", (_what, code, why) => {
    expect(search(code)).toMatchObject({ kind: "none", why: expect.stringContaining(why) });
  });

  it("gives up an estimator of which few candidates could be tried", () => {
    expect(search(script("Ridge()"), "rmse", 0)).toMatchObject({
      kind: "none",
      why: expect.stringContaining("too long"),
    });
  });

  it("ends when its time is over", () => {
    const started = performance.now();
    search(script("Ridge(alpha=10.0)"), "rmse", 1);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
