import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNamed, metrics, rounded, scoreOf, standardError, type Compared, type Metric } from "../src/index.ts";

type NumbersMetric = Extract<Compared, { input: "numbers" }>["metric"];

const ofNumbers = (name: string): NumbersMetric => {
  const metric = metricNamed(name);
  if (metric === undefined || !("score" in metric) || metric.input === "class-probabilities") throw new Error(name);
  return metric;
};

const score = (name: string, truth: number[], predicted: number[]) => ofNumbers(name).score(truth, predicted);

const form = <I extends Metric["input"]>(name: string, input: I): Extract<Metric, { input: I }> => {
  const metric = metricNamed(name)!;
  return [metric, ...(metric.otherForms ?? [])].find(
    (one): one is Extract<Metric, { input: I }> => one.input === input,
  )!;
};

describe("metrics", () => {
  it.each([
    ["rmse", [1, 2, 3], [1, 2, 5], Math.sqrt(4 / 3)],
    ["mse", [1, 2, 3], [1, 2, 5], 4 / 3],
    ["mae", [1, 2, 3], [1, 2, 5], 2 / 3],
    ["medae", [1, 2, 3], [1, 2, 5], 0],
    ["max_error", [1, 2, 3], [1, 2, 5], 2],
    ["rmsle", [Math.E - 1, 0], [0, 0], Math.sqrt(0.5)],
    ["msle", [Math.E - 1, 0], [0, 0], 0.5],
    ["mape", [1, 2], [2, 2], 0.5],
    ["smape", [1, 0], [3, 0], 0.5],
    ["wmape", [1, 3], [2, 2], 0.5],
    ["rmspe", [1, 0, 2], [2, 9, 2], Math.sqrt(0.5)],
    ["r2", [1, 2, 3], [1, 2, 3], 1],
    ["r2", [1, 2, 3], [2, 2, 2], 0],
    ["explained_variance", [1, 2, 3], [2, 3, 4], 1],
    ["pinball:0.9", [1, 1], [0, 2], 0.5],
    ["poisson_deviance", [1, 2], [1, 2], 0],
    ["pearson", [1, 2, 3], [2, 4, 6], 1],
    ["spearman", [1, 2, 3], [1, 10, 100], 1],
    ["kendall", [1, 2, 3], [3, 2, 1], -1],
    ["accuracy", [0, 1, 1, 2], [0, 1, 2, 2], 0.75],
    ["error_rate", [0, 1, 1, 2], [0, 1, 2, 2], 0.25],
    ["balanced_accuracy", [0, 0, 0, 1], [0, 0, 0, 0], 0.5],
    ["f1", [0, 1, 1, 0], [1, 1, 1, 0], 0.8],
    ["f1_micro", [0, 1, 2, 2], [0, 1, 2, 1], 0.75],
    ["fbeta:2", [0, 1, 1, 0], [1, 1, 1, 0], 10 / 11],
    ["jaccard", [0, 1, 1, 0], [1, 1, 1, 0], 2 / 3],
    ["specificity", [0, 1, 1, 0], [1, 1, 1, 0], 0.5],
    ["mcc", [0, 0, 1, 1], [0, 0, 1, 1], 1],
    ["cohen_kappa", [0, 0, 1, 1], [0, 1, 1, 1], 0.5],
    ["quadratic_kappa", [0, 1, 2], [0, 1, 2], 1],
    ["linear_kappa", [0, 1, 2], [0, 1, 1], 1 - 3 / 7],
    ["auc", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75],
    ["auc", [0, 1], [0.5, 0.5], 0.5],
    ["average_precision", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 5 / 6],
    ["gini", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.5],
    ["logloss", [1, 0], [0.5, 0.5], Math.LN2],
    ["brier", [1, 0], [1, 1], 0.5],
  ])("%s of %j and %j is %d", (name, truth, predicted, expected) => {
    expect(score(name, truth, predicted)).toBeCloseTo(expected, 10);
  });

  it.each([
    ["map@5", ["a"], ["b", "a", "a"], 0.5],
    ["map@2", ["a", "b", "c"], ["a", "x", "b"], 0.5],
    ["ndcg@3", ["a"], ["b", "a"], 1 / Math.log2(3)],
    ["mrr", ["a"], ["c", "b", "a"], 1 / 3],
    ["precision@2", ["a", "b"], ["a", "c", "b"], 0.5],
    ["recall@2", ["a", "b"], ["a", "c", "b"], 0.5],
    ["top_k_accuracy@2", ["a"], ["b", "a"], 1],
    ["top_k_accuracy@1", ["a"], ["b", "a"], 0],
  ])("%s of %j and %j is %d", (name, right, answered, expected) => {
    expect(form(name, "ranking").ofRow(right, answered)).toBeCloseTo(expected, 10);
  });

  it.each([
    ["levenshtein", "kitten", "sitting", 3],
    ["levenshtein", "", "", 0],
    ["word_jaccard", "a very good day", "A good day", 0.75],
    ["word_jaccard", "", "", 1],
  ])("%s of %j and %j is %d", (name, truth, predicted, expected) => {
    expect(form(name, "text").ofRow(truth, predicted)).toBeCloseTo(expected, 10);
  });

  it("divide rows of probabilities by their sum, so that nothing is won by greater ones", () => {
    const ones = { values: Float64Array.from([1, 1, 1, 1, 1, 1]), columns: 3 };
    const thirds = { values: ones.values.map((value) => value / 3), columns: 3 };
    for (const name of ["logloss", "brier"]) {
      const { score: of } = form(name, "class-probabilities");
      expect(of([0, 1], ones)).toBeCloseTo(of([0, 1], thirds), 12);
    }
  });

  it("agree that a right prediction is the best there is", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 30 })
          .filter((labels) => new Set(labels).size === 2),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 30, maxLength: 30 }),
        (truth, other) => {
          for (const { name, direction, input } of metrics) {
            if (!["number", "label", "probability"].includes(input) || /deviance/.test(name)) continue;
            const [best, else_] = [score(name, truth, truth), score(name, truth, other.slice(0, truth.length))];
            expect(
              Number.isNaN(else_) || (direction === "maximize" ? best >= else_ - 1e-9 : best <= else_ + 1e-9),
            ).toBe(true);
          }
        },
      ),
    );
  });

  it.each([
    ["auc", [1, 1], [0.2, 0.4], "one class"],
    ["rmsle", [1, 2], [1, -3], "−1 or less"],
    ["pearson", [1, 2], [3, 3], "all the same"],
    ["poisson_deviance", [1, 2], [1, -1], "0 or less"],
    ["quadratic_kappa", [2, 2], [2, 2], "one class"],
    ["wmape", [0, 0], [1, 1], "all true values are 0"],
  ])("that are not defined say where: %s of %j and %j", (name, truth, predicted, why) => {
    expect(score(name, truth, predicted)).toBeNaN();
    expect(metricNamed(name)?.undefinedWhere).toContain(why);
  });
});

describe("standard errors", () => {
  const compared = (name: string, truth: ArrayLike<number>, predicted: ArrayLike<number>): Compared => ({
    input: "numbers",
    metric: ofNumbers(name),
    truth,
    predicted,
  });
  const waves = (length: number) => Float64Array.from({ length }, (_, at) => Math.sin(at * 12.9) * 10);

  it.each([400, 40_000])("of a mean error of %d rows come close to the formula's", (length) => {
    const truth = waves(length);
    const errors = truth.map(Math.abs);
    const mean = errors.reduce((a, b) => a + b) / length;
    const formula = Math.sqrt(errors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length ** 2);
    const ratio = standardError(compared("mae", truth, new Float64Array(length))) / formula;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });

  it("leave out samples that have no score, of few rows and of many", () => {
    for (const length of [30, 200_000]) {
      const truth = Float64Array.from({ length }, (_, at) => (at % Math.floor(length / 2) === 7 ? 1 : 0));
      const error = standardError(compared("auc", truth, waves(length)));
      expect(Number.isFinite(error)).toBe(true);
      expect(error).toBeGreaterThan(0);
    }
  });

  it("are NaN where no sample has a score", () => {
    expect(standardError(compared("auc", [1, 1, 1], [0.1, 0.2, 0.3]))).toBeNaN();
  });

  it("of texts and rankings follow from the rows", () => {
    const [truth, predicted] = [
      Array.from({ length: 100 }, () => "a b"),
      Array.from({ length: 100 }, (_, at) => (at < 50 ? "a" : "a b")),
    ];
    const metric = form("word_jaccard", "text");
    const error = standardError({ input: "text", metric, truth, predicted });
    expect(scoreOf({ input: "text", metric, truth, predicted })).toBeCloseTo(0.75, 10);
    expect(error).toBeCloseTo(Math.sqrt(0.0625 / 99), 10);
  });

  it.each([
    [0.145678, 0.0123, "0.15"],
    [0.145678, 0.00123, "0.146"],
    [1234.5, 30, "1235"],
    [0.5, 0, "0.5"],
    [0, 0.1, "0"],
    [3.2e-7, 1e-3, "3.2e-7"],
    [3.21e-7, 1e-8, "3.2e-7"],
    [-0.0004, 0.5, "-0.0004"],
    [0.123456, Number.NaN, "0.1235"],
    [6.168099751581077, 2.8e-16, "6.16810"],
  ])("round %d ± %d to %s", (value, error, text) => {
    expect(rounded(value, error)).toBe(text);
  });

  it("never round a score but 0 to 0", () => {
    const positive = fc.double({ min: 1e-300, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (value, error) => {
        expect(Number(rounded(value, error))).not.toBe(0);
      }),
    );
  });
});
