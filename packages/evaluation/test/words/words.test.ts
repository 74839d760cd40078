import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNamed, metricNames, metrics, readMetric } from "../../src/index.ts";
import { descriptions, positives } from "./descriptions.ts";
import { ambiguous, phrasings, unknownMetrics, withoutMetric } from "./phrasings.ts";

describe("an evaluation text", () => {
  it.each(phrasings)("%j means %s", (text, name) => {
    expect(readMetric({ evaluation: text })).toMatchObject({ kind: "metric", name });
    expect(metricNamed(name)?.name).toBe(name);
  });

  it.each(withoutMetric)("%j names no metric", (text) => {
    expect(readMetric({ evaluation: text })).toEqual({ kind: "none" });
  });

  it.each(unknownMetrics)("%j names a metric that the library lacks", (text, words) => {
    expect(readMetric({ evaluation: text })).toMatchObject({ kind: "unknown", words: expect.stringMatching(words) });
  });

  it.each(ambiguous)("%j is not guessed at", (text, candidates) => {
    expect(readMetric({ evaluation: text })).toEqual({ kind: "ambiguous", candidates });
  });

  it("means the same in a sentence of any submission rule", () => {
    const frames = ["Submissions are evaluated on §.", "Your predictions will be scored by §.", "Evaluation metric: §"];
    for (const name of ["RMSE", "MAE", "accuracy", "macro F1", "ROC AUC", "log loss", "recall", "MAP@5", "Gini"])
      for (const frame of frames) {
        const text = frame.replace("§", name);
        expect([text, readMetric({ evaluation: text })]).toEqual([
          text,
          { kind: "metric", name: metricNamed(name)?.name },
        ]);
      }
  });

  it("with nearest names beside the one that the library lacks", () => {
    const read = readMetric({ evaluation: "Weighted Mean Absolute Scaled Error" });
    expect(read).toMatchObject({ kind: "unknown", nearest: expect.arrayContaining(["wmape"]) });
  });

  it.each(["F0", "F-beta with beta 0", "quantile loss at 250"])(
    "%j names no metric: none has such a parameter",
    (text) => {
      expect(readMetric({ evaluation: text }).kind).not.toBe("metric");
    },
  );

  it("is read without an exception, whatever it holds", () => {
    const words = fc.constantFrom(
      "RMSE",
      "not",
      "(",
      "of the",
      "F1",
      "@",
      "5",
      ";",
      "log",
      "\n#",
      "scored by",
      "mean",
      "β=",
      "%",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((some) => some.join(" ")),
        ),
        (text) => {
          const read = readMetric({ evaluation: text, description: text });
          expect(read.kind !== "metric" || metricNamed(read.name)?.name === read.name).toBe(true);
        },
      ),
    );
  });
});

describe("a description", () => {
  it.each(descriptions)("%j counts where it speaks of evaluation", (text, expected) => {
    expect(readMetric({ description: text })).toMatchObject(
      expected === undefined ? { kind: "none" } : { kind: "metric", name: expected },
    );
  });

  it("counts only where the evaluation text names nothing", () => {
    const description = "Submissions are evaluated on MAE.";
    expect(readMetric({ evaluation: "RMSE", description })).toEqual({ kind: "metric", name: "rmse" });
    expect(readMetric({ evaluation: "", description })).toEqual({ kind: "metric", name: "mae" });
    expect(readMetric({ evaluation: "As described.", description })).toEqual({ kind: "metric", name: "mae" });
  });
});

describe("the positive class", () => {
  it.each(positives)("of %j is %s", (text, positive) => {
    const read = readMetric({ evaluation: text });
    expect(read.kind === "metric" ? read.positive : read.kind).toBe(positive);
  });
});

describe("a name of the library", () => {
  it("is found in any spelling", () => {
    for (const name of metricNames) {
      const plain = name.replaceAll("_", " ");
      for (const written of [name, name.toUpperCase(), ` ${name} `]) expect(metricNamed(written)?.name).toBe(name);
      expect([plain, metricNamed(plain)?.name]).toEqual([plain, name]);
    }
    expect(new Set(metricNames).size).toBe(metricNames.length);
    expect(metrics.length).toBeGreaterThan(50);
  });

  it.each([
    ["roc_auc", "auc"],
    ["QWK", "quadratic_kappa"],
    ["MAP@5", "map@5"],
    ["map:7", "map@7"],
    ["fbeta:0.5", "fbeta:0.5"],
    ["f0.5", "fbeta:0.5"],
    ["F2", "fbeta:2"],
    ["pinball:0.9", "pinball:0.9"],
    ["neg_log_loss", "logloss"],
    ["r2", "r2"],
    ["acc", "accuracy"],
    ["ap", "average_precision"],
    ["mrr", "mrr"],
    ["top_3_accuracy", "top_k_accuracy@3"],
    ["root mean squared error", "rmse"],
    ["f1 macro", "f1_macro"],
  ])("is what %s stands for: %s", (alias, name) => {
    expect(metricNamed(alias)?.name).toBe(name);
  });

  it.each([
    "",
    "glory",
    "map",
    "fbeta",
    "pinball",
    "pinball:2",
    "map@0",
    "map@2.5",
    "fbeta:-1",
    "rmse:3",
    "precision farming",
    "the RMSE of it all",
  ])("is not %j", (name) => {
    expect(metricNamed(name)).toBeUndefined();
  });
});
