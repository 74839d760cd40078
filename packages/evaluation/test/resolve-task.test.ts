import { AideError } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { isUnclear, metrics, resolveTask, type TargetFacts, type TaskWords } from "../src/index.ts";

const words = (evaluation: string, more: Partial<TaskWords> = {}): TaskWords => ({
  goal: "Predict y",
  evaluation,
  ...more,
});
const target = (facts: Partial<TargetFacts>): TargetFacts => ({ name: "y", type: "number", unique: 500, ...facts });
const to = (facts: Partial<TargetFacts>, answer: "value" | "class-probabilities" = "value") => ({
  targets: [target(facts)],
  answer,
});

const amounts = { type: "number", unique: 812 } as const;
const yesNo = { type: "category", unique: 2, classes: ["No", "Yes"] } as const;
const grades = { type: "category", unique: 3, classes: ["A", "B", "C"] } as const;
const stars = { type: "integer", unique: 5 } as const;

const refusal = (work: () => unknown): AideError => {
  try {
    work();
  } catch (error) {
    if (AideError.is(error)) return error;
    throw error;
  }
  throw new Error("It was not refused.");
};

describe("the metric of a task", () => {
  it.each([
    [amounts, "rmse", "value"],
    [{ type: "integer", unique: 21 }, "rmse", "value"],
    [stars, "accuracy", "value"],
    [yesNo, "accuracy", "value"],
    [{ type: "text", unique: 90 }, "accuracy", "value"],
  ] as const)("is the usual one for %j where nobody names one: %s", (facts, metric, kind) => {
    const goal = "Predict more accurately what each grocery sells: accuracy, AUC and RMSLE matter";
    expect(resolveTask({ goal, evaluation: "" }, to(facts))).toMatchObject({
      task: { metric },
      kind,
      because: "usual for such a target",
    });
  });

  it.each([
    ["RMSE of the logarithm of the price", amounts, "rmsle", "minimize", "value"],
    ["AUC", yesNo, "auc", "maximize", "probability"],
    ["log loss", grades, "logloss", "minimize", "class-probabilities"],
    ["quadratic weighted kappa", stars, "quadratic_kappa", "maximize", "value"],
    ["normalized Gini", amounts, "gini", "maximize", "value"],
    ["normalized Gini", yesNo, "gini", "maximize", "probability"],
    ["MAP@3", { type: "category", unique: 40 }, "map@3", "maximize", "value"],
    ["top-3 accuracy", { type: "category", unique: 40 }, "top_k_accuracy@3", "maximize", "value"],
    ["mean Levenshtein distance", { type: "text", unique: 400 }, "levenshtein", "minimize", "value"],
    ["RMSE", stars, "rmse", "minimize", "value"],
    ["AUC", { type: "integer", unique: 2 }, "auc", "maximize", "probability"],
    ["AUC", { type: "boolean", unique: 2 }, "auc", "maximize", "probability"],
    ["accuracy", { type: "integer", unique: 40 }, "accuracy", "maximize", "value"],
  ] as const)("is what the evaluation text says: %s of %j", (evaluation, facts, metric, direction, kind) => {
    expect(resolveTask(words(evaluation), to(facts))).toMatchObject({
      task: { metric, direction },
      kind,
      because: "the evaluation text says so",
    });
  });

  it("asks for a column for each class where the submission has them", () => {
    for (const evaluation of ["accuracy", "AUC", "macro F1", "top-2 accuracy", ""])
      expect(resolveTask(words(evaluation), to(grades, "class-probabilities")).kind).toBe("class-probabilities");
    expect(refusal(() => resolveTask(words("RMSE"), to(stars, "class-probabilities"))).code).toBe("AIDE_METRIC_MISFIT");
  });

  it("is read from a description where the evaluation text is empty", () => {
    const description = "Predict more accurately what groceries sell. Submissions are scored by MAE.";
    expect(resolveTask(words("", { description }), to(amounts)).task.metric).toBe("mae");
  });

  it("is the config's under any name, whatever the texts say", () => {
    for (const [metric, name] of [
      ["roc_auc", "auc"],
      ["F0.5", "fbeta:0.5"],
      ["fbeta:0.5", "fbeta:0.5"],
    ] as const)
      expect(resolveTask(words("accuracy", { metric }), to(yesNo))).toMatchObject({
        task: { metric: name },
        because: "the config names it",
      });
  });

  it("is any other with a direction", () => {
    const direction = "minimize" as const;
    expect(resolveTask(words("", { metric: "my_cost", direction }), to(amounts)).task).toMatchObject({
      metric: "my_cost",
      direction,
    });
    expect(resolveTask(words("Weighted Mean Interval Score", { direction }), to(amounts)).task).toMatchObject({
      metric: "Weighted Mean Interval Score",
      direction,
    });
  });

  it("is what was found elsewhere where the texts say nothing", () => {
    const found = { metric: "accuracy", because: "a model understood the evaluation text so" };
    expect(resolveTask(words("As good as can be", { found }), undefined)).toMatchObject({
      task: { metric: "accuracy", direction: "maximize" },
      because: found.because,
    });
  });

  it("comes with the positive class, as the data writes it", () => {
    expect(resolveTask(words("F1 of the class `yes`"), to(yesNo)).positive).toBe("Yes");
    expect(resolveTask(words("F1 of the class `perhaps`"), to(yesNo)).positive).toBeUndefined();
    expect(resolveTask(words("F1 of the class `yes`"), undefined).positive).toBe("yes");
    expect(resolveTask(words("F1"), to(yesNo))).not.toHaveProperty("positive");
  });

  it.each([
    ["Tell which pumps have Failed", ["failed", "running"], "failed"],
    ["Will the pump be running or has it failed?", ["failed", "running"], undefined],
    ["Find failures", ["failed", "running"], undefined],
    ["Is there no smoke?", ["no", "yes"], undefined],
    ["Find class a", ["a", "b"], undefined],
    ["Which mushrooms are not edible, p for poisonous?", ["edible", "poisonous"], undefined],
    ["Spot spam", ["ham", "spam", "news"], undefined],
  ])("comes with the one of two classes that a goal speaks of: %s", (goal, classes, positive) => {
    const facts = { type: "category", unique: classes.length, classes } as const;
    expect(
      resolveTask(words("ROC AUC", { goal }), to(facts, classes.length > 2 ? "class-probabilities" : "value")).positive,
    ).toBe(positive);
  });
});

it.each([
  ["normalized Gini", amounts, "number"],
  ["normalized Gini", yesNo, "probability"],
  ["top-3 accuracy", { type: "category", unique: 40 }, "ranking"],
  ["log loss", grades, "class-probabilities"],
  ["macro F1", grades, "label"],
] as const)("%s of %j compares a %s", (evaluation, facts, input) => {
  expect(resolveTask(words(evaluation), to(facts)).input).toBe(input);
});

describe("a metric is refused", () => {
  it.each([
    ["AUC", amounts],
    ["accuracy", amounts],
    ["log loss", amounts],
    ["MAP@5", amounts],
    ["RMSE", grades],
    ["RMSE", { type: "boolean", unique: 2 }],
    ["quadratic weighted kappa", grades],
    ["F1", grades],
    ["mean Levenshtein distance", amounts],
    ["accuracy", { type: "date", unique: 300 }],
  ] as const)("that does not fit the target: %s of %j", (evaluation, facts) => {
    const error = refusal(() => resolveTask(words(evaluation), to(facts)));
    expect(error).toMatchObject({ code: "AIDE_METRIC_MISFIT", fault: "user" });
    expect(error.message).toContain('the target "y"');
    expect(error.fix).toMatch(/metric=\w+/);
  });

  it("that fits one of several targets only", () => {
    const targets = [target(amounts), target({ ...grades, name: "grade" })];
    expect(refusal(() => resolveTask(words("RMSE"), { targets, answer: "value" })).message).toContain('"grade"');
  });

  it("that nobody knows, with what comes near", () => {
    const unknown = refusal(() => resolveTask(words("", { metric: "rmsel" }), to(amounts)));
    expect(unknown).toMatchObject({ code: "AIDE_METRIC_UNKNOWN", fault: "user" });
    expect(unknown.fix).toContain("metric=rmse");
    const lacking = refusal(() => resolveTask(words("Weighted Mean Interval Score"), to(amounts)));
    expect(lacking.code).toBe("AIDE_METRIC_UNKNOWN");
    expect(lacking.message).toContain('"Weighted Mean Interval Score"');
    expect(refusal(() => resolveTask(words(""), undefined)).code).toBe("AIDE_METRIC_UNKNOWN");
  });

  it("that is one of several, with their names", () => {
    const error = refusal(() => resolveTask(words("RMSE and MAE"), to(amounts)));
    expect(error).toMatchObject({ code: "AIDE_METRIC_AMBIGUOUS", fault: "user" });
    expect(error.fix).toContain("metric=rmse, metric=mae");
  });
});

describe("a text is unclear", () => {
  it.each([
    ["The smaller the gap to what was sold the better.", {}, true],
    ["accuracy", {}, false],
    ["", {}, false],
    ["Weighted Mean Interval Score", {}, false],
    ["RMSE and MAE", {}, false],
    ["Something else", { metric: "f1" }, false],
    ["See the description.", { description: "Scored by MAE." }, false],
  ] as const)("%j with %j: %s", (evaluation, more, expected) => {
    expect(isUnclear(words(evaluation, more))).toBe(expected);
  });
});

it("fits every metric of the library to some target", () => {
  const targets = [amounts, yesNo, grades, stars, { type: "text", unique: 400 } as const];
  for (const { name } of metrics)
    expect(
      targets.some((facts) => {
        try {
          return resolveTask(words("", { metric: name }), to(facts)).task.metric === name;
        } catch {
          return false;
        }
      }),
    ).toBe(true);
});
