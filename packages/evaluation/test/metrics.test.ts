import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricFromText, metricNamed, metrics, rounded, standardError } from "../src/index.ts";

const score = (name: string, truth: number[], predicted: number[]) => metricNamed(name)!.score(truth, predicted);

describe("metrics", () => {
  it.each([
    ["rmse", [1, 2, 3], [1, 2, 5], Math.sqrt(4 / 3)],
    ["mae", [1, 2, 3], [1, 2, 5], 2 / 3],
    ["medae", [1, 2, 3], [1, 2, 5], 0],
    ["rmsle", [Math.E - 1, 0], [0, 0], Math.sqrt(0.5)],
    ["mape", [1, 2], [2, 2], 0.5],
    ["r2", [1, 2, 3], [1, 2, 3], 1],
    ["accuracy", [0, 1, 1, 2], [0, 1, 2, 2], 0.75],
    ["balanced_accuracy", [0, 0, 0, 1], [0, 0, 0, 0], 0.5],
    ["f1", [0, 1, 1, 0], [1, 1, 1, 0], 0.8],
    ["mcc", [0, 0, 1, 1], [0, 0, 1, 1], 1],
    ["quadratic_kappa", [0, 1, 2], [0, 1, 2], 1],
    ["auc", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75],
    ["auc", [0, 1], [0.5, 0.5], 0.5],
    ["logloss", [1, 0], [0.5, 0.5], Math.LN2],
    ["brier", [1, 0], [1, 1], 0.5],
  ])("%s of %j and %j is %d", (name, truth, predicted, expected) => {
    expect(score(name, truth, predicted)).toBeCloseTo(expected, 10);
  });

  it("agree that a perfect prediction is the best there is", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 30 })
          .filter((labels) => new Set(labels).size === 2),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 30, maxLength: 30 }),
        (truth, other) => {
          for (const { name, direction } of metrics) {
            const [best, else_] = [score(name, truth, truth), score(name, truth, other.slice(0, truth.length))];
            expect(direction === "maximize" ? best >= else_ - 1e-9 : best <= else_ + 1e-9).toBe(true);
          }
        },
      ),
    );
  });
});

describe("the text of an evaluation", () => {
  it.each([
    ["Use the RMSE metric between the logarithm of the predicted and observed values.", "rmsle"],
    ["root mean squared error", "rmse"],
    ["Submissions are evaluated on area under the ROC curve", "auc"],
    ["multi-class logarithmic loss", "logloss"],
    ["quadratic weighted kappa", "quadratic_kappa"],
    ["Mean Absolute Error", "mae"],
    ["macro-averaged F1", "f1_macro"],
    ["the share of passengers correctly predicted", "accuracy"],
    ["classification accuracy", "accuracy"],
  ])("%j means %s", (text, name) => {
    expect(metricFromText(text)).toBe(name);
  });

  it("that names no metric means none", () => {
    expect(metricFromText("make it good")).toBeUndefined();
  });
});

describe("standard errors", () => {
  it("of a mean error come close to the formula's", () => {
    const truth = Array.from({ length: 400 }, (_, at) => Math.sin(at * 12.9) * 10);
    const predicted = truth.map(() => 0);
    const errors = truth.map(Math.abs);
    const mean = errors.reduce((a, b) => a + b) / errors.length;
    const formula = Math.sqrt(
      errors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / errors.length / errors.length,
    );
    const ratio = standardError(metricNamed("mae")!, truth, predicted) / formula;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });

  it.each([
    [0.145678, 0.0123, "0.15"],
    [0.145678, 0.00123, "0.146"],
    [1234.5, 30, "1235"],
    [0.5, 0, "0.5"],
  ])("round %d ± %d to %s", (value, error, text) => {
    expect(rounded(value, error)).toBe(text);
  });
});
