import { describe, expect, it } from "vitest";
import { failureKind } from "../src/index.ts";

const kindOf = (type: string, message: string, code = "") =>
  failureKind(code, { cause: "exception", feedback: "" }, { type, message, frames: [] });
const withoutException = (cause: string, feedback = "") => failureKind("", { cause, feedback }, undefined);

describe("the kind of a failure", () => {
  it.each([
    ["import", "ModuleNotFoundError", "No module named 'x'", ""],
    ["import", "ImportError", "cannot import name 'log_mse' from 'sklearn.metrics'", ""],
    ["import", "NameError", "name 'XGBRegressor' is not defined", "model = XGBRegressor()"],
    ["import", "NameError", "name 'np' is not defined", "y = np.log1p(y)"],
    ["import", "NameError", "name 'train_test_split' is not defined", "a, b = train_test_split(x)"],
    ["logic", "NameError", "name 'y_test' is not defined", "score(y_test, p)"],
    ["logic", "NameError", "name 'scale' is not defined", "x = scale(x)\nscale = 3"],
    ["hallucinated-api", "TypeError", "LGBMRegressor.__init__() got an unexpected keyword argument 'x'", ""],
    ["hallucinated-api", "AttributeError", "'DataFrame' object has no attribute 'append'", ""],
    ["hallucinated-api", "LightGBMError", "Unknown objective type name: reg:squarederror", ""],
    ["hallucinated-api", "InvalidParameterError", "The 'criterion' parameter of RandomForest must be a str", ""],
    ["path", "FileNotFoundError", "No such file or directory: 'train.csv'", ""],
    ["logic", "KeyError", "'SalePrice'", ""],
    ["logic", "ValueError", "Input X contains NaN.", ""],
    ["other", "SyntaxError", "invalid syntax", ""],
  ])("is %s for %s: %s", (kind, type, message, code) => {
    expect(kindOf(type, message, code)).toBe(kind);
  });

  it("is derived from the verdict where Python raised nothing", () => {
    expect(withoutException("no-submission")).toBe("path");
    expect(withoutException("bad-submission", "The predictions give no finite rmsle.")).toBe("metric");
    expect(withoutException("bad-submission", "The submission has 10 rows, 292 are wanted.")).toBe("logic");
    expect(withoutException("timeout")).toBe("other");
  });
});
