import { describe, expect, it } from "vitest";
import { comparedTwins } from "./twins.ts";

/** One or two of each family; `twins.full.test.ts` runs all. */
const some =
  "^(ols-onehot|ridge-onehot-quantiles-log-alpha=30|logistic-onehot-C=0.3|knn-.*=5-weights=distance|svm-onehot-C=3|tree-ordinal-.*=5|forest-ordinal-.*=5|extra-trees-ordinal-.*=1|histograms-ordinal-.*|lightgbm-ordinal-.*|lightgbm-default|xgboost-.*poisson|xgboost-bags.*|gauss-.*|mlp-onehot-hidden_layer_sizes=32-alpha=1)$";

const pairs = await comparedTwins(some);

describe.each(pairs)("an obfuscated twin of $name", ({ failures, distances }) => {
  it("is answered by each pipeline as the task is", () => {
    expect(failures).toEqual([]);
    expect(distances.size).toBeGreaterThan(10);
    expect([...distances].filter(([, distance]) => !(distance < 1e-6))).toEqual([]);
  });
});
