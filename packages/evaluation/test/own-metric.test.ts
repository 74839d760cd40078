import { mkdtempSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import local from "@aide-ts/executor-local";
import type { Executor, HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OwnMetric } from "../src/index.ts";

const root = mkdtempSync(join(tmpdir(), "aide-own-metric-"));
const signal = new AbortController().signal;
let executor: Executor;
beforeAll(async () => {
  const checked = await local.options["~standard"].validate({});
  if (checked.issues) throw new Error("the local executor takes no options");
  executor = local.create(checked.value, {
    cacheFolder: join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide"),
    runFolder: root,
    dataFolder: root,
    dataView: () => undefined,
    workspaceFolder: join(root, "workspace"),
    slots: 1,
    env: (name) => process.env[name],
    log: () => undefined,
  });
});
afterAll(() => executor[Symbol.asyncDispose]());

let number = 0;
const open = async (text: string): Promise<OwnMetric> => {
  const file = join(root, `metric${number++}.py`);
  writeFileSync(file, text);
  return OwnMetric.open(executor, file, signal);
};

const numbers: SubmissionFormat = {
  columns: ["id", "y"],
  id: ["id"],
  keys: ["a", "b", "c", "d"],
  kind: "value",
  targets: ["y"],
};
const held: HeldOut = {
  truth: new Map([
    ["a", ["1"]],
    ["b", ["2"]],
    ["c", ["6"]],
  ]),
  train: [["1"], ["2"], ["6"], ["3"]],
};
const rows = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([key, value]) => [key, [value]]));

describe("a metric of one's own", () => {
  it("gets truth and submission as frames, row by row, and scores the rows held back alone", async () => {
    await using metric = await open(`
direction = "minimize"
def score(truth, submission):
    assert list(truth.columns) == ["id", "y"] and list(submission.columns) == ["id", "y"]
    assert list(truth["id"]) == list(submission["id"]) == ["a", "b", "c"]
    return (truth["y"] - submission["y"]).abs().max()
`);
    expect(metric).toMatchObject({ direction: "minimize", predicts: "value" });
    // Of the constants 3 (the mean) and 3 (the median) the best leaves 3.
    expect(await metric.score(numbers, held, rows({ a: "1.5", b: "2", c: "5", d: "9" }))).toMatchObject({
      ok: true,
      value: 1,
      trivial: 3,
    });
  });

  it("gives an error by the bootstrap, the same each time", async () => {
    await using metric = await open(
      `direction = "minimize"\ndef score(truth, submission):\n    return ((truth["y"] - submission["y"]) ** 2).mean()\n`,
    );
    const answers = rows({ a: "1", b: "1", c: "1", d: "1" });
    const first = await metric.score(numbers, held, answers);
    expect(first).toEqual(await metric.score(numbers, held, answers));
    expect(first).toMatchObject({ ok: true, error: expect.any(Number) });
  });

  it("of labels keeps None, and of classes takes a column each", async () => {
    const labels: SubmissionFormat = { ...numbers, classes: ["None", "x"] };
    const truth: HeldOut = {
      truth: new Map([
        ["a", ["None"]],
        ["b", ["x"]],
      ]),
      train: [["None"], ["x"], ["None"]],
    };
    await using metric = await open(
      `direction = "maximize"\ndef score(truth, submission):\n    return (truth["y"] == submission["y"]).mean()\n`,
    );
    expect(await metric.score(labels, truth, rows({ a: "None", b: "None" }))).toMatchObject({
      value: 0.5,
      trivial: 0.5,
    });
    const perClass: SubmissionFormat = {
      columns: ["id", "p_none", "p_x"],
      id: ["id"],
      keys: ["a", "b"],
      kind: "class-probabilities",
      targets: ["y"],
      classes: ["None", "x"],
    };
    await using likelihood = await open(`
direction = "maximize"
def score(truth, submission):
    return submission["p_none"].where(truth["y"] == "None", submission["p_x"]).mean()
`);
    expect(
      await likelihood.score(
        perClass,
        truth,
        new Map([
          ["a", ["0.75", "0.25"]],
          ["b", ["0.5", "0.5"]],
        ]),
      ),
    ).toMatchObject({ value: 0.625 });
  });

  it.each([
    ["no function", 'direction = "minimize"\n', "it has no function score"],
    ["no direction", "def score(truth, submission):\n    return 1\n", "its direction is None"],
    ["no Python", "def score(:\n", "SyntaxError"],
    ["a package that is not there", "import nowhere_to_be_found\n", "ModuleNotFoundError"],
  ])("with %s is refused", async (_name, text, message) => {
    await expect(open(text)).rejects.toMatchObject({
      code: "AIDE_METRIC_FILE",
      fault: "user",
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ["raises", "    raise ValueError('negative')", "ValueError: negative (line 3 of"],
    ["is not finite", "    return float('nan')", "is nan"],
    ["is no number", "    return 'good'", "ValueError"],
  ])("that %s refuses the submission, and lives on", async (_name, body, message) => {
    await using metric = await open(`direction = "minimize"\ndef score(truth, submission):\n${body}\n`);
    for (let time = 0; time < 2; time++)
      expect(await metric.score(numbers, held, rows({ a: "1", b: "1", c: "1" }))).toMatchObject({
        ok: false,
        problem: expect.stringContaining(message),
      });
  });
});
