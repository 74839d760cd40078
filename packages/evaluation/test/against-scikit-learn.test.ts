import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ensureEnvironment } from "@aide-ts/executor-local";
import { beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../src/index.ts";

/** What scikit-learn makes of the same cases; `smape` it does not have. */
const program = `
import json, sys, warnings
import numpy as np
from sklearn import metrics as m
warnings.simplefilter("ignore")
score = {
    "rmse": lambda t, p: m.mean_squared_error(t, p) ** 0.5,
    "rmsle": lambda t, p: m.mean_squared_log_error(t, p) ** 0.5,
    "mse": m.mean_squared_error, "mae": m.mean_absolute_error, "medae": m.median_absolute_error,
    "mape": m.mean_absolute_percentage_error,
    "smape": lambda t, p: np.mean([0 if a == b == 0 else 2 * abs(a - b) / (abs(a) + abs(b)) for a, b in zip(t, p)]),
    "r2": m.r2_score, "accuracy": m.accuracy_score, "balanced_accuracy": m.balanced_accuracy_score,
    "f1": m.f1_score, "precision": m.precision_score, "recall": m.recall_score,
    "f1_macro": lambda t, p: m.f1_score(t, p, average="macro"), "f1_weighted": lambda t, p: m.f1_score(t, p, average="weighted"),
    "mcc": m.matthews_corrcoef, "quadratic_kappa": lambda t, p: m.cohen_kappa_score(t, p, weights="quadratic"),
    "auc": m.roc_auc_score, "logloss": lambda t, p: m.log_loss(t, p, labels=[0, 1]), "brier": m.brier_score_loss,
}
rng = np.random.default_rng(1)
cases = []
for name, inputs in json.loads(sys.argv[1]).items():
    for size in (2, 3, 17, 400):
        truth = rng.gamma(2, 50, size) if inputs == "number" else np.resize([0, 1, 1], size)
        if inputs == "number":
            predicted = truth * rng.normal(1, 0.3, size) ** 2
        elif inputs == "label":
            if name in ("accuracy", "balanced_accuracy", "f1_macro", "f1_weighted", "mcc", "quadratic_kappa"):
                truth = np.arange(size) % 4
            predicted = np.where(rng.random(size) < 0.6, truth, rng.permutation(truth))
        else:
            predicted = np.round(rng.random(size), 1)
        cases.append([name, truth.tolist(), predicted.tolist(), float(score[name](truth, predicted))])
print(json.dumps(cases))
`;

type Case = [name: string, truth: number[], predicted: number[], expected: number];

let cases: readonly Case[] = [];
beforeAll(async () => {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide");
  const { python } = await ensureEnvironment({ cacheFolder, env });
  const inputs = JSON.stringify(Object.fromEntries(metrics.map(({ name, input }) => [name, input])));
  cases = JSON.parse((await promisify(execFile)(python, ["-c", program, inputs])).stdout);
}, 900_000);

describe("agrees with scikit-learn, for few rows and many, sure and wrong probabilities included:", () => {
  it.each(metrics.map((metric) => [metric.name, metric] as const))("%s", (name, metric) => {
    const own = cases.filter(([of]) => of === name);
    expect(own).toHaveLength(4);
    for (const [, truth, predicted, expected] of own) {
      const ours = metric.score(truth, predicted);
      expect(Math.abs(ours - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    }
  });
});
