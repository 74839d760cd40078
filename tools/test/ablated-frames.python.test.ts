import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderSkeleton, type Roles, type SkeletonRequest } from "@aide-ts/data";
import { beforeAll, describe, expect, it } from "vitest";
import { findScriptsPython } from "../vitest/scripts-python.ts";
import { column, table } from "../../packages/data/test/made-up-tables.ts";

const packages = new URL("../../packages/", import.meta.url);
const source = readFileSync(new URL("core/prompts/frame.md", packages), "utf8");
const program = fileURLToPath(new URL("strategy-operators/python/ablate_blocks.py", packages));

let python = "";
beforeAll(async () => {
  python = await findScriptsPython();
}, 300_000);

const features = [
  column("id"),
  column("x"),
  column("note", { type: "text", values: ["it came too late", "as good as new"] }),
  column("code", { type: "text", values: ["A1", "B2"] }),
];
const train = table("train.csv", [...features, column("y"), column("z"), column("kind", { type: "text" })]);

const request = (more: Partial<SkeletonRequest>, targets: readonly string[] = ["y"]): SkeletonRequest => {
  const roles: Roles = {
    train: [train],
    whole: train,
    labels: undefined,
    test: table("test.csv", features),
    sample: undefined,
    companions: [],
    id: { train: ["id"], test: ["id"], sample: [] },
    targets: [...targets],
    answer: { kind: "value", columns: [...targets] },
    because: "",
    files: [],
  };
  const submission = { columns: ["id", ...targets], id: ["id"], keys: ["1"], kind: "value", targets } as const;
  return {
    roles,
    submission,
    testPath: "test.csv",
    metric: "rmse",
    classes: false,
    answers: "as they are",
    ...more,
  };
};

const rows = Array.from({ length: 120 }, (_, at) => {
  const [x, kind] = [(at * 37) % 101, ["a", "b", "c"][at % 3] ?? ""];
  return [at, x, at % 2 === 0 ? "it came too late" : "as good as new", at % 5 === 0 ? "A1" : "B2", x * x, -x, kind];
});

const csv = (names: readonly string[]): string =>
  [names.join(), ...rows.map((row) => row.slice(0, names.length).join())].join("\n");

/** The functions whose effect is measured in a frame with this estimator. */
const measured = (asked: SkeletonRequest, estimator: string, metric: string): unknown => {
  const folder = mkdtempSync(join(tmpdir(), "aide-frame-"));
  mkdirSync(join(folder, "input"));
  writeFileSync(join(folder, "input/train.csv"), csv(["id", "x", "note", "code", "y", "z", "kind"]));
  writeFileSync(join(folder, "input/test.csv"), csv(["id", "x", "note", "code"]));
  const script = renderSkeleton(source, asked, "coder/frame")
    .replace("return data\n", 'data["x²"] = data["x"] ** 2\n    return data\n')
    .replace("return predictions\n", "return predictions * 1.0\n")
    .replace(
      "return ...",
      `from sklearn import ensemble\n    return ensemble.${estimator}(n_estimators=10, random_state=0)`,
    );
  writeFileSync(join(folder, "candidate.py"), script);
  writeFileSync(join(folder, "options.json"), JSON.stringify({ seconds: 100, rows: 100, seed: 1, metric }));
  const out = execFileSync(python, [program], { cwd: folder }).toString();
  const { kind, why, effects } = JSON.parse(out.slice(out.indexOf(":") + 1)) as {
    kind: string;
    why?: string;
    effects?: readonly { readonly function: string }[];
  };
  return { kind, why, functions: effects?.map((one) => one.function) };
};

describe("an ablation of the frame", () => {
  const [regressor, classifier] = ["RandomForestRegressor", "RandomForestClassifier"];
  const classes = {
    columns: ["id", "a", "b", "c"],
    id: ["id"],
    keys: ["1"],
    targets: ["kind"],
    classes: ["a", "b", "c"],
  };
  const kinds = { columns: ["id", "kind"], id: ["id"], keys: ["1"], targets: ["kind"] };

  it.each<[string, SkeletonRequest, string, string]>([
    ["numbers", request({}), regressor, "rmse"],
    ["whole numbers", request({ answers: "whole numbers" }), regressor, "mae"],
    ["several targets", request({}, ["y", "z"]), regressor, "rmse"],
    [
      "probabilities of classes",
      request({ classes: true, submission: { ...classes, kind: "class-probabilities" } }, ["kind"]),
      classifier,
      "logloss",
    ],
    [
      "the probability of a class",
      request({ classes: true, submission: { ...kinds, kind: "probability", classes: ["a", "b"] } }, ["kind"]),
      classifier,
      "auc",
    ],
  ])("measures each function that is not in its plainest form, for %s", (_what, asked, estimator, metric) => {
    const functions = ["make_estimator", "add_features", "make_preprocessor", "adjust_predictions"];
    expect(measured(asked, estimator, metric)).toEqual({ kind: "ablated", functions });
  });
});
