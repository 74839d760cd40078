import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, fixtures, freshFolder, runFolder } from "./aide.ts";

/** A task whose model answers with the skeleton that its prompt shows, with this estimator in place of the dots. */
const solve = async (
  target: (at: number) => string,
  metric: string,
  estimator: string,
  module: string,
  more: Readonly<Record<string, string>> = {},
) => {
  const root = freshFolder();
  mkdirSync(join(root, "data"));
  for (const [name, text] of Object.entries(more)) writeFileSync(join(root, "data", name), text);
  const line = (at: number) => `${at};${at % 7};${["a", "b", ""][at % 3]}`;
  const numbers = Array.from({ length: 120 }, (_, at) => at);
  writeFileSync(
    join(root, "data", "train.csv"),
    `id;x;kind;y\n${numbers.map((at) => `${line(at)};${target(at)}\n`).join("")}`,
  );
  writeFileSync(
    join(root, "data", "test.csv"),
    `id;x;kind\n${numbers
      .slice(0, 20)
      .map((at) => `${line(at + 500)}\n`)
      .join("")}`,
  );
  const backend = `backend: { use: ${join(fixtures, "skeleton-filler.mjs")}, estimator: "${estimator}", module: ${module} }`;
  writeFileSync(
    join(root, "aide.config.yaml"),
    `data_dir: ./data\ngoal: Predict y\nmetric: ${metric}\nstrategies: []\nrehearse: false\nbudget: { steps: 1 }\n${backend}\n`,
  );
  const { err, code } = await aide(["run"], root);
  expect(err).toBe("");
  expect(code).toBe(0);
  const journal = JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8"));
  return { score: journal.nodes[0].metric.value as number, code: journal.nodes[0].code as string };
};

describe("the skeleton, filled in, works", { timeout: 120_000 }, () => {
  it("for numbers", async () => {
    const ridge = await solve((at) => String((at % 7) * 3 + 1), "rmse", "Ridge()", "sklearn.linear_model");
    expect(ridge.score).toBeLessThan(0.5);
  });

  it("with further features in tables of their own", async () => {
    const hidden = (at: number) => (at * 7919) % 101;
    const features = (from: number, count: number) =>
      `id;hidden;known\n${Array.from({ length: count }, (_, at) => `${at + from};${hidden(at + from)};${at % 3 === 0 ? "True" : "False"}\n`).join("")}`;
    const ridge = await solve((at) => String(hidden(at) * 2), "rmse", "Ridge()", "sklearn.linear_model", {
      "train_more.csv": features(0, 120),
      "test_more.csv": features(500, 20),
    });
    expect(ridge.code).toContain('train_more.csv", sep=";").set_index("id")');
    expect(ridge.score).toBeLessThan(5);
  });

  it("with dates, which are numbers to it", async () => {
    const root = freshFolder();
    mkdirSync(join(root, "data"));
    const date = (at: number) => {
      const day = new Date(Date.UTC(2020, 0, 1 + ((at * 37) % 400)));
      const two = (number: number) => String(number).padStart(2, "0");
      return `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`;
    };
    const lines = (from: number, count: number, price: boolean) =>
      Array.from({ length: count }, (_, row) => row + from)
        .map((at) => `${at},${date(at)}${at % 11 === 0 ? "" : ` 10:00`}${price ? `,${((at * 37) % 400) * 2}` : ""}\n`)
        .join("");
    writeFileSync(join(root, "data", "train.csv"), `id,sold,price\n${lines(0, 150, true)}`);
    writeFileSync(join(root, "data", "test.csv"), `id,sold\n${lines(150, 30, false)}`);
    writeFileSync(
      join(root, "aide.config.yaml"),
      `data_dir: ./data\ngoal: Predict the price\nmetric: rmse\nstrategies: []\nbudget: { steps: 1 }\nbackend: { use: ${join(fixtures, "skeleton-filler.mjs")}, estimator: "Ridge(alpha=0.01)", module: sklearn.linear_model }\n`,
    );
    const { err, code } = await aide(["run"], root);
    expect(err).toBe("");
    expect(code).toBe(0);
    const journal = JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8"));
    expect(journal.nodes[0].code).toContain("dayfirst=True");
    expect(journal.nodes[0].metric.value).toBeLessThan(5);
  });

  it.each([
    ["of which the positive one comes last", ["No", "Yes"]],
    ["of which the positive one comes first", ["yes", "zero"]],
    ["that are truth values", ["False", "True"]],
  ])("for the probability of one of two classes %s", async (_name, [first = "", second = ""]) => {
    const label = (at: number) => (at % 7 > 3 ? second : first);
    const { score, code } = await solve(label, "auc", "XGBClassifier()", "xgboost");
    expect(score).toBe(1);
    expect(code).not.toContain("...");
  });

  it("for labels", async () => {
    const label = (at: number) => ["red", "green", "blue"][at % 7 > 4 ? 2 : at % 7 > 1 ? 1 : 0] ?? "";
    const forest = await solve(label, "accuracy", "RandomForestClassifier(random_state=0)", "sklearn.ensemble");
    expect(forest.score).toBe(1);
  });
});
