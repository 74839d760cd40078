import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderSkeleton, type Roles, type SkeletonRequest } from "../src/index.ts";
import { column, table } from "./made-up-tables.ts";

const source = readFileSync(new URL("../../core/prompts/skeleton.md", import.meta.url), "utf8");

const train = table("train.csv", [column("id"), column("x"), column("y")]);
const roles: Roles = {
  train: [train],
  whole: train,
  labels: undefined,
  test: table("test.csv", [column("id"), column("x")]),
  sample: undefined,
  companions: [],
  id: { train: ["id"], test: ["id"], sample: [] },
  targets: ["y"],
  answer: { kind: "value", columns: ["y"] },
  because: "",
  files: [],
};
const truth = { type: "boolean", values: ["False", "True"] } as const;
const days = [column("built", { type: "date" }), column("sold", { type: "date", dayFirst: true })];
const companion = (rows: "one" | "many"): Roles["companions"][number] => ({
  train: table("train_more.csv", [column("key"), column("x", truth), column("z", truth)]),
  test: table("test_more.csv", [column("id"), column("x", truth), column("z", truth)]),
  on: "key",
  testOn: "id",
  rows,
});

const request: SkeletonRequest = {
  roles,
  submission: { columns: ["id", "y"], id: ["id"], keys: ["1"], kind: "value", targets: ["y"] },
  testPath: "test.csv",
  metric: "rmse",
  classes: false,
  answers: "as they are",
};

const skeleton = (more: Partial<SkeletonRequest> = {}, moreRoles: Partial<Roles> = {}): string =>
  renderSkeleton(source, {
    ...request,
    ...more,
    roles: { ...roles, whole: moreRoles.train?.[0] ?? train, ...moreRoles },
  });

describe("the skeleton", () => {
  it("has one place to fill in after the first line, and reads each table correctly", () => {
    const text = skeleton({}, { train: [{ ...train, args: { sep: ";", decimal: "," } }] });
    expect(text.split("\n")[0]).toBe("# Estimator: ...");
    expect(text.match(/\.\.\./g)).toHaveLength(2);
    expect(text).toContain(
      'train = pd.read_csv("./input/train.csv", sep=";", decimal=",")\ntest = pd.read_csv("./input/test.csv")',
    );
    expect(text).toContain('not in ["id", "y"]]');
  });

  it.each<[string, Partial<SkeletonRequest>, Partial<Roles>, string]>([
    [
      "labels apart, by an id",
      {},
      {
        labels: { table: table("labels.csv", [column("id"), column("y")]), join: { features: ["id"], labels: ["id"] } },
      },
      'train = pd.read_csv("./input/train.csv").merge(pd.read_csv("./input/labels.csv"), on="id")',
    ],
    [
      "labels apart, in order",
      {},
      { labels: { table: table("labels.csv", [column("y")]), join: undefined } },
      'train = pd.concat([pd.read_csv("./input/train.csv"), pd.read_csv("./input/labels.csv")], axis=1)',
    ],
    [
      "parts",
      {},
      { train: [train, { ...train, path: "more.csv" }] },
      'train = pd.concat([pd.read_csv("./input/train.csv"), pd.read_csv("./input/more.csv")], ignore_index=True)',
    ],
    [
      "dates, of which some write the day first",
      {},
      {
        train: [table("train.csv", [column("id"), ...days, column("y")])],
        test: table("test.csv", [column("id"), ...days]),
      },
      `for table in (train, test):
    for column in ["sold"]:
        date = pd.to_datetime(table[column], errors="coerce", format="mixed", dayfirst=True, utc=True)
        table[column] = (date - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(days=1)
        table[f"{column} month"], table[f"{column} weekday"] = date.dt.month, date.dt.weekday`,
    ],
    [
      "further features, a row for each id",
      {},
      { companions: [companion("one")] },
      `test = pd.read_csv("./input/test.csv")
train = train.join(pd.read_csv("./input/train_more.csv").set_index("key"), on="id", rsuffix="_2")
test = test.join(pd.read_csv("./input/test_more.csv").set_index("id"), on="id", rsuffix="_2")
train[["x_2", "z"]] = train[["x_2", "z"]].astype(str)`,
    ],
    [
      "further features, many rows for each id",
      {},
      { companions: [companion("many")] },
      'train = train.join(pd.read_csv("./input/train_more.csv").groupby("key").mean(numeric_only=True), on="id", rsuffix="_2")',
    ],
    [
      "an id under another name",
      { submission: { ...request.submission, columns: ["ID", "Predicted"], id: ["ID"] } },
      {},
      'submission = pd.DataFrame({"ID": test["id"], "Predicted": predictions})',
    ],
    [
      "an index without a name",
      { submission: { ...request.submission, columns: ["", "y"], id: [""] } },
      { id: { train: [""], test: [""], sample: [""] } },
      'submission = pd.DataFrame({"y": predictions}, index=test.index)\nsubmission.to_csv("./submission/submission.csv")',
    ],
    [
      "several targets",
      { submission: { ...request.submission, columns: ["id", "y", "z"], targets: ["y", "z"] } },
      { targets: ["y", "z"] },
      'model = MultiOutputRegressor(Pipeline([("preprocess", preprocess), ("estimator", ...)]))',
    ],
    [
      "a column for each class",
      {
        classes: true,
        submission: {
          ...request.submission,
          columns: ["id", "p_a", "p_b"],
          kind: "class-probabilities",
          classes: ["a", "b"],
        },
      },
      {},
      '"p_a": predictions["a"], "p_b": predictions["b"]',
    ],
    [
      "whole numbers",
      { answers: "whole numbers" },
      {},
      "predictions = model.predict(test[features]).round().astype(int)",
    ],
    [
      "truth values as 0 and 1",
      { answers: "0 and 1", classes: true },
      {},
      "predictions = model.predict(test[features]).astype(int)",
    ],
    [
      "missing labels",
      {},
      { train: [table("train.csv", [column("id"), column("x"), column("y", { missing: 3 })])] },
      'train = train.dropna(subset=["y"])',
    ],
    [
      "numbers with a unit",
      {},
      {
        train: [
          table("train.csv", [
            column("id"),
            column("x", { type: "text", style: { decimal: ".", thousands: ",", unit: "$" } }),
            column("y"),
          ]),
        ],
      },
      'train["x"] = pd.to_numeric(train["x"].astype(str).str.replace(r"[^0-9eE.+-]", "", regex=True), errors="coerce")',
    ],
    [
      "names in quotes",
      { submission: { ...request.submission, targets: ['size (")'] } },
      { targets: ['size (")'] },
      'target = "size (\\")"',
    ],
    [
      "columns without names",
      { submission: { ...request.submission, targets: ["4"] } },
      { train: [{ ...train, headerless: true, args: { header: null } }], targets: ["4"] },
      'train = pd.read_csv("./input/train.csv", header=None)',
    ],
  ])("stands %s", (_name, more, moreRoles, line) => {
    expect(skeleton(more, moreRoles)).toContain(line);
  });
});
