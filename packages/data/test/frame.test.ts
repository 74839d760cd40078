import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderSkeleton, type Roles, type SkeletonRequest } from "../src/index.ts";
import { column, table } from "./made-up-tables.ts";

const source = readFileSync(new URL("../../core/prompts/frame.md", import.meta.url), "utf8");

const note = column("note", { type: "text", values: ["it came too late", "as good as new", "no"] });
const code = column("code", { type: "text", values: ["A1", "B2 x"] });

const train = table("train.csv", [column("id"), column("x"), note, code, column("y"), column("z")]);
const roles: Roles = {
  train: [train],
  whole: train,
  labels: undefined,
  test: table("test.csv", [column("id"), column("x"), note, code]),
  sample: undefined,
  companions: [],
  id: { train: ["id"], test: ["id"], sample: [] },
  targets: ["y"],
  answer: { kind: "value", columns: ["y"] },
  because: "",
  files: [],
};
const submission = { columns: ["id", "y"], id: ["id"], keys: ["1"], kind: "value", targets: ["y"] } as const;

const frame = (more: Partial<SkeletonRequest> = {}): string =>
  renderSkeleton(
    source,
    { roles, submission, testPath: "test.csv", metric: "rmse", classes: false, answers: "as they are", ...more },
    "coder/frame",
  ).replace("...", "None");

const always = ["add_features", "make_preprocessor", "make_estimator", "adjust_predictions", "prepare"];

describe("the script of functions", () => {
  it.each<[string, Partial<SkeletonRequest>, readonly string[], string]>([
    ["numbers", {}, ["make_target_transformer"], "adjust_predictions(model.predict(test_features))"],
    ["whole numbers", { answers: "whole numbers" }, ["make_target_transformer"], ").round().astype(int)"],
    ["classes", { classes: true }, [], "adjust_predictions(model.predict(test_features))"],
    [
      "the probability of a class",
      { classes: true, submission: { ...submission, kind: "probability", classes: ["no", "yes"] } },
      [],
      "adjust_predictions(model.predict_proba(test_features)[:, 1])",
    ],
    [
      "probabilities of classes",
      { classes: true, submission: { ...submission, kind: "class-probabilities", classes: ["a", "b", "c"] } },
      [],
      "pd.DataFrame(adjust_predictions(model.predict_proba(test_features)), columns=model.classes_, index=test.index)",
    ],
    [
      "several targets",
      { submission: { ...submission, columns: ["id", "y", "z"], targets: ["y", "z"] } },
      [],
      "model = MultiOutputRegressor(Pipeline([",
    ],
  ])("has a function for each part, for %s", (_kind, more, further, text) => {
    const script = frame(more);
    const functions = [...script.matchAll(/^def (\w+)/gm)].map(([, name]) => name);
    expect(functions.toSorted()).toEqual([...always, ...further].toSorted());
    expect(script).toContain(text);
    expect(script).not.toContain("{{");
  });

  it("has one place to fill in", () => {
    expect(frame().match(/\.\.\./g)).toBeNull();
  });

  it("takes sentences for text, and names and codes for categories", () => {
    const script = frame();
    expect(script).toContain('text = [column for column in ["note"] if column in train_features.columns]');
    expect(script).toContain("make_preprocessor(numeric, categorical, text)");
    const bare = frame({ roles: { ...roles, whole: table("train.csv", [column("id"), code, column("y")]) } });
    expect(bare).not.toContain("text");
  });

  it("makes pixels of the images that a column names, also where that is the id", () => {
    expect(frame()).not.toContain("mage");
    const image = column("picture", { type: "text", values: ["a/1.png", "b.JPEG"] });
    const pictured = (columns: readonly (typeof image)[], id: string): string =>
      frame({
        roles: {
          ...roles,
          whole: table("train.csv", [...columns, column("y")]),
          test: table("test.csv", columns),
          id: { train: [id], test: [id], sample: [] },
        },
      });
    for (const script of [pictured([column("id"), image], "id"), pictured([image, column("x")], "picture")]) {
      expect(script).toContain('names in table[["picture"]]');
      expect(script).toMatch(/not in \[.*"picture".*\]\]/);
      expect([...script.matchAll(/^def (\w+)/gm)].map(([, name]) => name)).toContain("make_pixels");
    }
  });

  it("never gives a function the target or the id", () => {
    expect(frame()).toContain('not in ["id", "y"]]');
    expect(frame()).toContain("add_features(table[features].copy())");
  });
});
