import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inferRoles, inspectDataset, seededRandom } from "@aide-ts/core";
import type { Execution, Lab } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkSubmission,
  heldOut,
  metricNamed,
  prepareData,
  reported,
  resolveTask,
  scoreHeldOut,
  type PreparedData,
} from "../src/index.ts";
import { selectionSampler } from "../src/holdout/choose.ts";

const table = (header: string, lines: readonly string[]): string => `${header}\n${lines.join("\n")}\n`;

const prepare = async (
  files: Readonly<Record<string, string>>,
  options: { seed?: number; goal?: string; kind?: "value" | "probability" } = {},
) => {
  const root = mkdtempSync(join(tmpdir(), "aide-holdout-"));
  const [source, target] = [join(root, "source"), join(root, "input")];
  mkdirSync(source);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text);
  const roles = inferRoles(await inspectDataset(source), { goal: options.goal ?? "predict" })!;
  const data = await prepareData(source, target, roles, {
    fraction: 0.2,
    rows: 1000,
    seed: options.seed ?? 0,
    kind: options.kind ?? "value",
  });
  const read = (name: string) => readFileSync(join(target, name), "utf8");
  return { data, read, roles, source };
};

const houses = {
  "train.csv": table(
    "Id,Area,Note,Price",
    Array.from({ length: 100 }, (_, at) => `${at + 1},${at % 9},"a, ""b""",${1000 + at}`),
  ),
  "test.csv": table(
    "Id,Area,Note",
    Array.from({ length: 30 }, (_, at) => `${at + 500},${at % 9},plain`),
  ),
  "sample_submission.csv": table(
    "Id,Price",
    Array.from({ length: 30 }, (_, at) => `${at + 500},7`),
  ),
};

describe("rows are held back", () => {
  it("from train, and join the test rows without their labels", async () => {
    const { data, read } = await prepare(houses);
    const [train, test] = [read("train.csv"), read("test.csv")].map((text) => text.trimEnd().split("\n"));
    expect(train).toHaveLength(81);
    expect(test).toHaveLength(51);
    expect(data.heldOut?.truth.size).toBe(20);
    expect(data.submission.keys).toHaveLength(50);
    for (const [key, [price]] of data.heldOut!.truth) {
      expect(train!.some((line) => line.startsWith(`${key},`))).toBe(false);
      expect(test!.some((line) => line.startsWith(`${key},`))).toBe(true);
      expect(Number(price)).toBe(999 + Number(key));
    }
    expect(test!.some((line) => /,1\d\d\d$/.test(line))).toBe(false);
    expect(
      read("sample_submission.csv")
        .trimEnd()
        .split("\n")
        .map((line) => line.split(",")[0]),
    ).toEqual(["Id", ...data.submission.keys]);
  });

  it("and stand anywhere among the user's own, which keep their order", async () => {
    const { data } = await prepare(houses);
    const { truth } = data.heldOut!;
    const isHeld = data.submission.keys.map((key) => truth.has(key));
    const changes = isHeld.filter((held, at) => at > 0 && held !== isHeld[at - 1]).length;
    expect(changes).toBeGreaterThan(10);
    const own = data.submission.keys.filter((key) => !truth.has(key));
    expect(own).toEqual(Array.from({ length: 30 }, (_, at) => String(at + 500)));
  });

  it("with every byte of the kept rows as it was", async () => {
    const { read } = await prepare(houses);
    for (const line of read("train.csv").trimEnd().split("\n").slice(1))
      expect(houses["train.csv"]).toContain(`${line}\n`);
  });

  it("by the seed: the same again, others for another", async () => {
    const keys = async (seed: number) => [...(await prepare(houses, { seed })).data.heldOut!.truth.keys()];
    expect(await keys(1)).toEqual(await keys(1));
    expect(await keys(1)).not.toEqual(await keys(2));
  });

  it("under fresh ids where theirs are taken", async () => {
    const { data } = await prepare({
      ...houses,
      "test.csv": houses["test.csv"].replaceAll(/^(\d+),/gm, (_, id) => `${Number(id) - 499},`),
      "sample_submission.csv": houses["sample_submission.csv"].replaceAll(
        /^(\d+),/gm,
        (_, id) => `${Number(id) - 499},`,
      ),
    });
    expect(new Set(data.submission.keys).size).toBe(data.submission.keys.length);
    expect(data.finalSubmission?.keys).toHaveLength(30);
  });

  it("as the whole test file where the user has none", async () => {
    const { data, read } = await prepare({ "homes.csv": houses["train.csv"] }, { goal: "Predict the price" });
    expect(read("test.csv").trimEnd().split("\n")).toHaveLength(21);
    expect(() => read("sample_submission.csv")).toThrow("ENOENT");
    expect(data.submission.columns).toEqual(["Id", "Price"]);
    expect(data.finalSubmission).toBeUndefined();
  });

  it("of each class its share", async () => {
    const { data } = await prepare({
      "train.csv": table(
        "id,x,y",
        Array.from({ length: 200 }, (_, at) => `${at},${at},${at % 10 === 0 ? "rare" : "common"}`),
      ),
      "test.csv": table("id,x", ["900,1"]),
    });
    const labels = [...data.heldOut!.truth.values()].map(([label]) => label);
    expect(labels.filter((label) => label === "rare")).toHaveLength(4);
    expect(labels).toHaveLength(40);
  });

  it("exactly as many as wanted, however many come by", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(), (wanted, more, seed) => {
        const total = wanted + more;
        const isTaken = selectionSampler(wanted, total, seededRandom(seed));
        expect(Array.from({ length: total }, isTaken).filter(Boolean)).toHaveLength(wanted);
      }),
    );
  });

  it("not at all where there are too few", async () => {
    const { data } = await prepare({
      "train.csv": table("id,x,y", ["1,2,3", "2,3,4"]),
      "test.csv": table("id,x", ["3,4"]),
    });
    expect(data.heldOut).toBeUndefined();
  });

  it("from a table of any length, in memory that its rows to predict take", { timeout: 120_000 }, async () => {
    const root = mkdtempSync(join(tmpdir(), "aide-holdout-"));
    mkdirSync(join(root, "source"));
    const file = openSync(join(root, "source", "train.csv"), "w");
    writeSync(file, "id,a,b,c,y\n");
    const rows = 1_000_000;
    for (let row = 0; row < rows; row += 1000)
      writeSync(
        file,
        Array.from({ length: 1000 }, (_, at) => `${row + at},1.25,some text,2.5,${row + at}.5\n`).join(""),
      );
    closeSync(file);
    writeFileSync(join(root, "source", "test.csv"), "id,a,b,c\n-1,1,x,2\n");
    const script = `import { prepareData } from "@aide-ts/evaluation";
import { inferRoles, inspectDataset } from "@aide-ts/core";
const source = ${JSON.stringify(join(root, "source"))};
const roles = inferRoles(await inspectDataset(source), { goal: "predict" });
const options = { fraction: 0.2, rows: 1000, seed: 0, kind: "value" };
const { heldOut } = await prepareData(source, ${JSON.stringify(join(root, "input"))}, roles, options);
console.log(heldOut.truth.size);`;
    const args = ["--conditions=@aide-ts/source", "--max-old-space-size=64", "--input-type=module", "-e", script];
    const { stdout } = spawnSync(process.execPath, args, { cwd: fileURLToPath(new URL("../", import.meta.url)) });
    expect(String(stdout).trim()).toBe("1000");
  });

  it("never those without a label", async () => {
    const { data } = await prepare({
      "train.csv": table(
        "id,x,y",
        Array.from({ length: 100 }, (_, at) => `${at},${at},${at < 40 ? "" : at}`),
      ),
      "test.csv": table("id,x", ["900,1"]),
    });
    expect([...data.heldOut!.truth.values()].every(([label]) => label !== "")).toBe(true);
  });
});

const submissionOf = ({ submission }: PreparedData, value: (key: string, at: number) => string): string =>
  table(
    submission.columns.join(","),
    submission.keys.map((key, at) => `${key},${value(key, at)}`),
  );

const verdict = async (data: PreparedData, csv: string | undefined, metric = "rmse", output = "") => {
  const { task } = resolveTask({ goal: "g", evaluation: "", metric }, undefined);
  const evaluator = heldOut.create(
    {},
    {
      task,
      submission: data.submission,
      ...(data.heldOut && { heldOut: data.heldOut }),
      cacheFolder: "",
      runFolder: "",
      env: () => undefined,
      log: () => undefined,
    },
  );
  const execution: Execution = {
    id: "x",
    fate: "ok",
    output,
    seconds: 1,
    artifacts: csv === undefined ? ["working/other.csv"] : ["submission/submission.csv"],
  };
  const lab = { read: async () => Buffer.from(csv ?? "") } as unknown as Lab;
  return evaluator.evaluate({ candidate: { plan: "", code: "x" }, execution }, undefined, lab);
};

describe("a submission", () => {
  it("is scored on the held rows alone, beside the best constant", async () => {
    const { data } = await prepare(houses);
    const truth = data.heldOut!.truth;
    const perfect = await verdict(
      data,
      submissionOf(data, (key) => truth.get(key)?.[0] ?? "0"),
    );
    expect(perfect).toMatchObject({ valid: true, score: { value: 0, source: "held-out" } });
    const off = await verdict(
      data,
      submissionOf(data, (key) => String(Number(truth.get(key)?.[0] ?? 0) + 10)),
    );
    expect(off).toMatchObject({ valid: true, score: { value: 10 } });
    expect(off!.feedback).toMatch(/^rmse 10.* on rows it has not seen\.\nLower is better; a constant scores \d/);
  });

  it.each([
    ["no file", undefined, "no-submission", "./working/other.csv instead"],
    [
      "another column",
      (csv: string) => csv.replace("Price", "price"),
      "bad-submission",
      "exactly the columns Id, Price",
    ],
    [
      "a column too many",
      (csv: string) => csv.replace("Price\n", "Price,Area\n").replaceAll(",7\n", ",7,1\n"),
      "bad-submission",
      "exactly the columns Id, Price, but it has Id, Price, Area",
    ],
    [
      "an id of another table",
      (csv: string) => csv.replace(/\n(\d+),7\n/, "\n99999,7\n"),
      "bad-submission",
      "lacks 1 of the test file's Id",
    ],
    [
      "a row too few",
      (csv: string) => csv.slice(0, csv.trimEnd().lastIndexOf("\n") + 1),
      "bad-submission",
      "has 49 rows, but the test file has 50",
    ],
    ["a gap", (csv: string) => csv.replace(/,7\n/, ",\n"), "bad-submission", "missing values"],
    [
      "text for a number",
      (csv: string) => csv.replaceAll(/,7\n/g, ",cheap\n"),
      "bad-submission",
      "not a finite number",
    ],
    ["infinity", (csv: string) => csv.replaceAll(/,7\n/g, ",inf\n"), "bad-submission", "not a finite number"],
    [
      "a repeated id",
      (csv: string) => csv.replace(/\n(\d+),7\n(\d+),7\n/, "\n$1,7\n$1,7\n"),
      "bad-submission",
      "repeats Id",
    ],
    ["nothing at all", () => "", "bad-submission", "exactly the columns"],
  ])("with %s is refused in words that say what to do", async (_name, change, cause, told) => {
    const { data } = await prepare(houses);
    const evaluation = await verdict(data, change?.(submissionOf(data, () => "7")));
    expect(evaluation).toMatchObject({ valid: false, cause });
    expect(evaluation!.feedback).toContain(told);
  });

  it("whose predictions have no finite score is refused, with the scale of what was asked", () => {
    const keys = ["1", "2"];
    const format = { columns: ["Id", "y"], id: "Id", keys, kind: "value" as const, targets: ["y"] };
    const held = { truth: new Map(keys.map((key) => [key, ["3"]])), train: [["2"], ["4"]] };
    const scored = scoreHeldOut(metricNamed("rmsle")!, format, held, new Map(keys.map((key) => [key, ["-5"]])));
    expect(scored).toMatchObject({ ok: false, problem: expect.stringContaining("no finite rmsle") });
    expect(JSON.stringify(scored)).toContain("between -5 and -5, the target in the training data between 2 and 4");
  });

  it("of whatever bytes is judged without an exception", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const checked = checkSubmission(bytes, {
          columns: ["Id", "y"],
          id: "Id",
          keys: ["1", "2"],
          kind: "value",
          targets: ["y"],
        });
        expect(checked.ok || checked.problem !== "").toBe(true);
      }),
    );
  });
});

describe("labels", () => {
  const format = { columns: ["id", "y"], id: "id", keys: ["1", "2", "3", "4"], kind: "value" as const, targets: ["y"] };
  const held = (labels: string[]) => ({
    truth: new Map(labels.map((label, at) => [String(at + 1), [label]])),
    train: labels.map((label) => [label]),
  });
  const rows = (values: string[]) => new Map(values.map((value, at) => [String(at + 1), [value]]));

  it("are compared as people mean them", () => {
    expect(
      scoreHeldOut(
        metricNamed("accuracy")!,
        format,
        held(["True", "False", "True", "True"]),
        rows(["true", "0", "True", "TRUE"]),
      ),
    ).toMatchObject({ ok: false });
    expect(
      scoreHeldOut(metricNamed("accuracy")!, format, held(["1", "0", "1", "1"]), rows(["1.0", "0.0", "1", "0"])),
    ).toMatchObject({ ok: true, value: 0.75 });
    expect(
      scoreHeldOut(
        metricNamed("accuracy")!,
        format,
        held(["Yes", "No", "Yes", "Yes"]),
        rows(["yes", "no", "Yes", "No"]),
      ),
    ).toMatchObject({ ok: true, value: 0.75 });
  });

  it("and probabilities are both understood by a metric of probabilities", () => {
    expect(
      scoreHeldOut(metricNamed("auc")!, format, held(["Yes", "No", "Yes", "No"]), rows(["0.9", "0.1", "0.8", "0.3"])),
    ).toMatchObject({ ok: true, value: 1, trivial: 0.5 });
    expect(
      scoreHeldOut(metricNamed("auc")!, format, held(["Yes", "No", "Yes", "No"]), rows(["Yes", "No", "Yes", "Yes"])),
    ).toMatchObject({ ok: true, value: 0.75 });
  });
});

describe("a reported score", () => {
  const judge = (output: string) =>
    reported
      .create({}, undefined as never)
      .evaluate(
        { candidate: { plan: "", code: "x" }, execution: { id: "x", fate: "ok", output, seconds: 0, artifacts: [] } },
        undefined,
        undefined as never,
      );

  it.each([
    ["validation score: 1", 1],
    ["validation score: 0", 0],
    ["Validation score = 0.25\nvalidation score: 0.5\n", 0.5],
    ["validation score: -1.5e-3", -0.0015],
  ])("%j is %d", async (output, value) => {
    expect(await judge(output)).toMatchObject({ valid: true, score: { value, source: "reported" } });
  });

  it("makes nothing valid that the framework has refused", async () => {
    const refused = { valid: false as const, cause: "bad-submission", scores: [], feedback: "It has gaps." };
    const subject = {
      candidate: { plan: "", code: "x" },
      execution: { id: "x", fate: "ok" as const, output: "validation score: 1", seconds: 0, artifacts: [] },
    };
    const evaluator = reported.create({}, undefined as never);
    expect(await evaluator.evaluate(subject, refused, undefined as never)).toEqual(refused);
  });

  it.each([
    "validation score: nan",
    "validation score: inf",
    "validation score: 1e400",
    "validation score: None",
    "score 3",
    "",
  ])("%j is none", async (output) => {
    expect(await judge(output)).toBeUndefined();
  });
});
