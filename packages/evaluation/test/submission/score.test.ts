import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNamed, scoreHeldOut } from "../../src/index.ts";

const column = (values: readonly (string | readonly string[])[]) =>
  new Map(values.map((value, at) => [String(at), typeof value === "string" ? [value] : value]));

const held = (
  truth: readonly (string | readonly string[])[],
  train: readonly (string | readonly string[])[] = truth,
): HeldOut => ({
  truth: column(truth),
  train: [...column(train).values()],
});

const format = (rows: number, more: Partial<SubmissionFormat> = {}): SubmissionFormat => ({
  columns: ["id", "y"],
  id: ["id"],
  keys: Array.from({ length: rows }, (_, at) => String(at)),
  kind: "value",
  targets: ["y"],
  ...more,
});

const score = (
  name: string,
  truth: readonly (string | readonly string[])[],
  answers: readonly (string | readonly string[])[],
  more: Partial<SubmissionFormat> = {},
  train?: readonly (string | readonly string[])[],
) => scoreHeldOut(metricNamed(name)!, format(truth.length, more), held(truth, train), column(answers));

const problemOf = (scored: ReturnType<typeof score>): string => (scored.ok ? "" : scored.problem);

describe("numbers", () => {
  it("are scored beside the best constant, with a standard error and the ranges", () => {
    const scored = score("rmse", ["1", "2", "3"], ["1", "2", "5"], {}, ["1", "3"]);
    expect(scored).toMatchObject({ ok: true, value: Math.sqrt(4 / 3), trivial: Math.sqrt(2 / 3), useful: false });
    expect(scored.ok && scored.scale).toBe(
      "The predictions lie between 1 and 5, the target in the training data between 1 and 3.",
    );
  });

  it("of data with decimal commas are read, those of a submission refused with what to write", () => {
    expect(score("mae", ["1,5", "2"], ["1.5", "3"])).toMatchObject({ ok: true, value: 0.5 });
    expect(problemOf(score("mae", ["1", "2"], ["1,5", "3"]))).toBe(
      'The prediction "1,5" has a decimal comma: write 1.5.',
    );
  });

  it.each(["cheap", "inf", "1e400", "-"])("are not %s", (answer) => {
    expect(problemOf(score("rmse", ["1", "2"], ["1", answer]))).toBe(
      `The prediction "${answer}" is not a finite number.`,
    );
  });

  it("without a finite score are refused with the reason and the scale of what was asked", () => {
    const scored = score("rmsle", ["3", "3"], ["-5", "-5"], {}, ["2", "4"]);
    expect(scored).toMatchObject({ ok: false, brief: "no finite rmsle for predictions between -5 and -5" });
    expect(problemOf(scored)).toContain("no finite rmsle. It is not defined where a number is −1 or less");
    expect(problemOf(scored)).toContain("between -5 and -5, the target in the training data between 2 and 4");
  });

  it("get 0 from a constant where they are correlated", () => {
    expect(score("pearson", ["1", "2", "3"], ["1", "2", "4"])).toMatchObject({ ok: true, trivial: 0, useful: true });
    expect(score("spearman", ["1", "2", "3"], ["3", "3", "3"])).toMatchObject({ ok: true, value: 0, useful: false });
    expect(problemOf(score("spearman", ["2", "2"], ["3", "4"]))).toContain("all the same");
  });
});

describe("labels", () => {
  it("are compared exactly first, then as people mean them", () => {
    expect(score("accuracy", ["1", "0", "1", "1"], ["1.0", "0.0", "1", "0"])).toMatchObject({ ok: true, value: 0.75 });
    expect(score("accuracy", ["Yes", "No", "Yes", "Yes"], ["yes", "no", "Yes", "No"])).toMatchObject({
      ok: true,
      value: 0.75,
    });
    expect(score("accuracy", ["True", "False", "True"], ["true", "FALSE", "True"])).toMatchObject({
      ok: true,
      value: 1,
    });
    expect(score("accuracy", [" <=50K", " >50K"], ["<=50K", ">50K"])).toMatchObject({ ok: true, value: 1 });
    expect(problemOf(score("accuracy", ["True", "False"], ["True", "0"]))).toContain("none of the classes False, True");
  });

  it("that differ in case only are different where the data has both", () => {
    expect(score("accuracy", ["a", "A", "b"], ["A", "A", "b"])).toMatchObject({ ok: true, value: 2 / 3 });
    expect(problemOf(score("accuracy", ["aB", "Ab", "b"], ["ab", "Ab", "b"]))).toContain('"ab" is none of the classes');
  });

  it("may be None", () => {
    expect(score("accuracy", ["None", "Apnea", "None"], ["None", "Apnea", "Apnea"])).toMatchObject({
      ok: true,
      value: 2 / 3,
    });
  });

  it("of numbers are rounded to the nearest class, and not from further than half a step", () => {
    expect(score("quadratic_kappa", ["1", "2", "3"], ["0.6", "2.4", "3.4"])).toMatchObject({ ok: true, value: 1 });
    expect(score("accuracy", ["1", "3", "5"], ["1.9", "2.1", "5.5"])).toMatchObject({ ok: true, value: 1 });
    expect(problemOf(score("accuracy", ["1", "2", "3"], ["1", "2", "30.5"]))).toContain(
      '"30.5" is none of the classes 1, 2, 3',
    );
  });

  it("have the last class of the format as the positive one", () => {
    const [truth, answers] = [
      ["a", "b", "b", "b"],
      ["a", "b", "b", "a"],
    ];
    expect(score("recall", truth, answers, { classes: ["a", "b"] })).toMatchObject({ value: 2 / 3 });
    expect(score("recall", truth, answers, { classes: ["b", "a"] })).toMatchObject({ value: 1 });
    expect(score("recall", ["Yes", "No", "Yes"], ["Yes", "No", "No"])).toMatchObject({ value: 0.5 });
  });

  it("get from a constant what the most frequent class gets, or the better of two", () => {
    expect(score("accuracy", ["a", "b", "b"], ["a", "b", "a"], {}, ["b", "b", "a"])).toMatchObject({
      trivial: 2 / 3,
      useful: false,
    });
    expect(score("f1", ["0", "1", "0"], ["0", "1", "0"], {}, ["0", "0", "1"])).toMatchObject({
      trivial: 0.5,
      useful: true,
    });
  });
});

describe("probabilities", () => {
  const classes = ["No", "Yes"];
  const truth = ["Yes", "No", "Yes", "No"];
  const more = { kind: "probability" as const, classes };

  it("are of the positive class; labels are understood too", () => {
    expect(score("auc", truth, ["0.9", "0.1", "0.8", "0.3"], more)).toMatchObject({ ok: true, value: 1, trivial: 0.5 });
    expect(score("auc", truth, ["Yes", "No", "Yes", "Yes"], more)).toMatchObject({ ok: true, value: 0.75 });
    expect(score("auc", truth, ["0.9", "0.1", "0.8", "0.3"], { ...more, classes: ["Yes", "No"] })).toMatchObject({
      value: 0,
    });
  });

  it("must lie in 0 to 1 for a loss, not for a ranking", () => {
    expect(score("auc", truth, ["9", "-1", "8", "3"], more)).toMatchObject({ ok: true, value: 1 });
    expect(problemOf(score("logloss", truth, ["1.2", "0", "1", "0"], more))).toContain('"1.2" is no probability');
  });

  it("of one class among the held-back rows have no AUC, and the reason is given", () => {
    expect(problemOf(score("auc", ["Yes", "Yes"], ["0.1", "0.2"], more))).toContain(
      "all of these rows are of one class",
    );
  });

  it("of several labels are averaged; a row or a label without truth does not count", () => {
    const labels = {
      columns: ["id", "a", "b"],
      targets: ["a", "b"],
      kind: "probability" as const,
      classes: ["0", "1"],
    };
    const answers = [
      ["0.9", "0.2"],
      ["0.1", "0.8"],
      ["0.7", "0.9"],
      ["0.2", "0.1"],
    ];
    const both = [
      ["1", "0"],
      ["0", "1"],
      ["1", "1"],
      ["0", "0"],
    ];
    expect(score("auc", both, answers, labels)).toMatchObject({ ok: true, value: 1 });
    expect(
      score(
        "auc",
        [
          ["1", "1"],
          ["0", ""],
          ["1", ""],
          ["0", ""],
        ],
        answers,
        labels,
      ),
    ).toMatchObject({ ok: true, value: 1 });
    expect(
      score(
        "logloss",
        [
          ["1", "0"],
          ["0", ""],
          ["", "1"],
          ["", "0"],
        ],
        answers,
        labels,
      ),
    ).toMatchObject({
      ok: true,
      value: ((-Math.log(0.9) - Math.log(0.9)) / 2 + (-Math.log(0.8) - Math.log(0.9) - Math.log(0.9)) / 3) / 2,
    });
  });
});

describe("columns of probabilities for each class", () => {
  const more = { kind: "class-probabilities" as const, columns: ["id", "p_C", "p_A", "p_B"], classes: ["C", "A", "B"] };
  const truth = ["A", "B", "C", "A"];
  const answers = [
    ["0.1", "0.8", "0.1"],
    ["0.2", "0.2", "0.6"],
    ["0.5", "0.3", "0.2"],
    ["0.6", "0.3", "0.1"],
  ];

  it("belong to the format's classes, whatever they are called", () => {
    expect(score("accuracy", truth, answers, more)).toMatchObject({ ok: true, value: 0.75 });
    expect(score("logloss", truth, answers, more)).toMatchObject({
      ok: true,
      value: -(Math.log(0.8) + Math.log(0.6) + Math.log(0.5) + Math.log(0.3)) / 4,
    });
    expect(score("top_k_accuracy@2", truth, answers, more)).toMatchObject({ ok: true, value: 1 });
  });

  it("give the mean AUC of each class against the rest, and 0.5 from a constant", () => {
    expect(score("auc", truth, answers, more)).toMatchObject({
      ok: true,
      value: (2 / 3 + 0.875 + 1) / 3,
      trivial: 0.5,
    });
  });

  it("get the score of the training labels' shares of classes", () => {
    const scored = score("logloss", truth, answers, more, ["A", "A", "B", "C"]);
    expect(scored.ok && scored.trivial).toBeCloseTo(-(2 * Math.log(0.5) + 2 * Math.log(0.25)) / 4, 12);
  });

  it("of two classes are the positive one's", () => {
    const two = { kind: "class-probabilities" as const, columns: ["id", "Yes", "No"], classes: ["Yes", "No"] };
    const of = (name: string) =>
      score(
        name,
        ["Yes", "No", "No"],
        [
          ["0.9", "0.1"],
          ["0.2", "0.8"],
          ["0.4", "0.6"],
        ],
        two,
      );
    expect(of("auc")).toMatchObject({ ok: true, value: 1 });
    expect(of("average_precision")).toMatchObject({ ok: true, value: 1 });
    expect(of("recall")).toMatchObject({ ok: true, value: 1 });
  });

  it("are refused where they are no probabilities, or where the metric takes something else", () => {
    expect(problemOf(score("logloss", truth, [["0", "0", "0"], ...answers.slice(1)], more))).toContain(
      "in no row all 0",
    );
    expect(problemOf(score("logloss", truth, [["-1", "1", "1"], ...answers.slice(1)], more))).toContain("from 0 to 1");
    expect(problemOf(score("rmse", ["1", "2", "3", "1"], answers, { ...more, classes: ["1", "2", "3"] }))).toContain(
      "cannot score",
    );
    expect(problemOf(score("auc", truth, ["0.1", "0.2", "0.3", "0.4"], { kind: "probability" }))).toContain(
      "a column with the probability of each",
    );
  });
});

describe("rankings and texts", () => {
  it("are labels parted by spaces, best first", () => {
    const scored = score("map@3", ["a", "b", "c d"], ["a b", "a b", "d c"], {}, ["a", "a", "b", "c d"]);
    expect(scored).toMatchObject({ ok: true, value: (1 + 0.5 + 1) / 3 });
    expect(scored.ok && scored.trivial).toBeCloseTo((1 + 0.5 + 1 / 3 / 2) / 3, 12);
    expect(score("top_k_accuracy@2", ["a", "b"], ["b a", "c d b"])).toMatchObject({ ok: true, value: 0.5 });
  });

  it("are compared letter by letter or word by word", () => {
    expect(score("levenshtein", ["abc", "x"], ["abd", "x"], {}, ["x", "x"])).toMatchObject({
      ok: true,
      value: 0.5,
      trivial: 1.5,
    });
    expect(score("word_jaccard", ["a b", "c"], ["b", "c"])).toMatchObject({ ok: true, value: 0.75 });
  });
});

describe("every score", () => {
  it("of the truth itself is the best, whatever the labels are called", () => {
    const label = fc.constantFrom("None", "nan-ish", "1", "1.5", "yes", "YES", "a b", "0");
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 3, maxLength: 30 }).filter((labels) => new Set(labels).size > 1),
        (labels) => {
          expect(score("accuracy", labels, labels)).toMatchObject({ ok: true, value: 1 });
          expect(score("f1_macro", labels, labels)).toMatchObject({ ok: true, value: 1 });
        },
      ),
    );
  });

  it("or refusal is a value, whatever is answered", () => {
    const names = [
      "rmse",
      "rmsle",
      "accuracy",
      "f1",
      "auc",
      "logloss",
      "map@2",
      "levenshtein",
      "quadratic_kappa",
      "gini",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { minLength: 1, maxLength: 8 }),
        (name, rows) => {
          const scored = score(
            name,
            rows.map(([truth]) => truth),
            rows.map(([, answer]) => answer),
          );
          expect(scored.ok ? Number.isFinite(scored.value) : scored.problem !== "" && scored.brief !== "").toBe(true);
        },
      ),
    );
  });
});
