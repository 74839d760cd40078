import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Evaluation, EvaluatorHost, Execution, Lab } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { Predictions } from "../src/evaluators/predictions.ts";
import { heldOut, metricNamed } from "../src/index.ts";

const keys = Array.from({ length: 40 }, (_, at) => String(at));

const host = (metric: string, more: Partial<EvaluatorHost> = {}): EvaluatorHost => ({
  cacheFolder: "",
  runFolder: mkdtempSync(join(tmpdir(), "aide-evaluation-")),
  env: () => undefined,
  log: () => undefined,
  task: { goal: "g", metric, direction: metricNamed(metric)?.direction ?? "minimize" },
  submission: { columns: ["id", "y"], id: ["id"], keys, kind: "value", targets: ["y"] },
  heldOut: {
    truth: new Map(keys.slice(0, 20).map((key, at) => [key, [String(at)]])),
    train: Array.from({ length: 50 }, (_, at) => [String(at)]),
  },
  ...more,
});

const judge = async (
  csv: string | undefined,
  hosted: EvaluatorHost,
  { before, path = "submission/submission.csv" }: { before?: Evaluation; path?: string } = {},
) => {
  const artifacts = csv === undefined ? ["working/other.csv"] : [path];
  const execution: Execution = { id: "x", fate: "ok", output: "", seconds: 1, artifacts };
  const lab = { read: async () => Buffer.from(csv ?? "") } as unknown as Lab;
  return heldOut
    .create({ race: true, seconds: 60 }, hosted)
    .evaluate({ candidate: { plan: "", code: "x" }, execution }, before, lab);
};

const answers = (value: (at: number) => number | string): string =>
  `id,y\n${keys.map((key, at) => `${key},${value(at)}`).join("\n")}\n`;

describe("held-back rows", () => {
  it("leave what was answered for them in the run's folder, before anyone knows the score", async () => {
    const hosted = host("rmse");
    await judge(
      answers((at) => at + 1),
      hosted,
    );
    const [kept] = await new Predictions(hosted.runFolder).of("x");
    expect([...kept!]).toEqual(keys.slice(0, 20).map((key, at) => [key, [String(at + 1)]]));
  });

  it("score a submission, beside the best constant and no finer than the score is sure", async () => {
    const evaluation = await judge(
      answers((at) => at + 10 + (at % 2)),
      host("rmse"),
    );
    expect(evaluation).toMatchObject({ valid: true, score: { source: "held-out" } });
    expect(evaluation?.feedback).toMatch(
      /^rmse 10\.5\d? on rows it has not seen\.\nLower is better; a constant scores \d/,
    );
    expect(evaluation?.feedback).toContain("The predictions lie between");
  });

  it("show a small score with digits, and 0 as 0", async () => {
    const small = await judge(
      answers((at) => at + 3.2e-7),
      host("mae"),
    );
    expect(small?.feedback).toMatch(/^mae 3\.2\d*e-7 on rows/);
    const right = await judge(
      answers((at) => at),
      host("mae"),
    );
    expect(right).toMatchObject({ valid: true, score: { value: 0 } });
    expect(right?.feedback).toMatch(/^mae 0 on rows/);
  });

  it.each([
    ["ids missing", answers((at) => at).replace("\n7,", "\n70,"), "bad submission: 1 id missing\n1 id missing: 7."],
    ["a gap", answers((at) => (at === 3 ? "" : at)), "bad submission: missing values in 1 row\n"],
    [
      "text",
      answers(() => "cheap"),
      'bad submission: predictions that cannot be scored\nThe prediction "cheap" is not a finite number.',
    ],
    ["an empty file", "", "bad submission: the file is empty\n"],
  ])("refuse %s with a first line that says so", async (_name, csv, feedback) => {
    const evaluation = await judge(csv, host("rmse"));
    expect(evaluation).toMatchObject({ valid: false, cause: "bad-submission" });
    expect(evaluation?.feedback.startsWith(feedback)).toBe(true);
  });

  it("say that there is no submission only where none lies", async () => {
    const evaluation = await judge(undefined, host("rmse"));
    expect(evaluation).toMatchObject({ valid: false, cause: "no-submission" });
    expect(evaluation?.feedback).toContain("It wrote ./working/other.csv instead.");
    for (const path of ["submission/submission.csv", "working/submission.csv"])
      expect(
        await judge(
          answers((at) => at),
          host("rmse"),
          { path },
        ),
      ).toMatchObject({ valid: true });
  });

  it("leave a submission to others where none are held back, and still check its form", async () => {
    const { heldOut: _none, ...without } = host("rmse");
    const before: Evaluation = { valid: true, score: { value: 1, source: "reported" }, scores: [], feedback: "r" };
    expect(
      await judge(
        answers((at) => at),
        without,
        { before },
      ),
    ).toBe(before);
    expect(await judge("id,z\n", without, { before })).toMatchObject({ valid: false, cause: "bad-submission" });
  });

  it("score by the form of the metric that fits", async () => {
    const classes = ["a", "b", "c"];
    const truth = new Map(keys.map((key, at) => [key, [classes[at % 3] ?? ""]]));
    const submission = {
      columns: ["id", ...classes],
      id: ["id"],
      keys,
      kind: "class-probabilities",
      targets: ["y"],
      classes,
    } as const;
    const csv = `id,a,b,c\n${keys.map((key, at) => `${key},${classes.map((_, column) => (column === at % 3 ? 0.8 : 0.1)).join(",")}`).join("\n")}\n`;
    const evaluation = await judge(csv, host("auc", { submission, heldOut: { truth, train: [...truth.values()] } }));
    expect(evaluation).toMatchObject({ valid: true, score: { value: 1 } });
    expect(evaluation?.feedback).toContain("Higher is better; a constant scores 0.5");
  });
});
