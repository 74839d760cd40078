import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  graderOf,
  gradeReferences,
  readReferences,
  readReportLabels,
  standingOf,
  writeReferences,
} from "../../src/index.ts";
import type { Reference } from "../../src/index.ts";
import { writeTask } from "./made-up-task.ts";

const root = mkdtempSync(join(tmpdir(), "aide-grade-references-"));
const truth = ["1", "2", "3", "4", "10", "20", "30", "40"];
const cells = { id: truth.map((_, at) => String(at)), x: truth, y: truth };

const taskOf = (metric: string) =>
  writeTask(root, metric, { cells, trainRows: 4, target: "y", sample: { y: "0" } }, { kind: "regression", metric });

const folderWith = (name: string, submissions: Readonly<Record<string, readonly number[]>>): string => {
  const folder = join(root, "out", name);
  mkdirSync(folder, { recursive: true });
  const families = [...Object.keys(submissions), "fails", "waits"].map((one) => ({ name: one, family: "linear" }));
  writeFileSync(join(folder, "pipelines.json"), JSON.stringify(families));
  for (const [one, values] of Object.entries(submissions))
    writeFileSync(
      join(folder, `${one}.csv.gz`),
      gzipSync(["id,y", ...values.map((value, at) => `${at + 4},${value}`), ""].join("\n")),
    );
  writeFileSync(join(folder, "fails.failed.json"), JSON.stringify({ reason: "It took longer than 120 s." }));
  return folder;
};

describe("reference submissions", () => {
  it("are graded best first, with the best constant among them; those that failed are left out and named", async () => {
    const labels = await readReportLabels(taskOf("mae"));
    const folder = folderWith("mae", {
      close: [11, 21, 31, 41],
      exact: [10, 20, 30, 40],
      far: [90, 90, 90, 90],
      short: [1],
    });
    const { rows, failed, open } = await gradeReferences(labels, graderOf(labels), folder);
    expect(rows.map(({ name, family, value }) => [name, family, value])).toEqual([
      ["exact", "linear", 0],
      ["close", "linear", 1],
      ["trivial", "trivial", 22.5],
      ["far", "linear", 65],
    ]);
    expect(failed.map(({ name }) => name)).toEqual(["short", "fails"]);
    expect(failed[1]?.reason).toBe("It took longer than 120 s.");
    expect(open).toEqual(["waits"]);
  });

  it("have the greatest first where the metric is maximised", async () => {
    const labels = await readReportLabels(taskOf("r2"));
    const folder = folderWith("r2", { close: [11, 21, 31, 41], far: [90, 90, 90, 90] });
    const { rows } = await gradeReferences(labels, graderOf(labels), folder);
    expect(rows.map(({ name }) => name)).toEqual(["close", "trivial", "far"]);
  });

  it("place a submission between the best constant at 0 and the best of them at 1", async () => {
    const labels = await readReportLabels(taskOf("mae"));
    const folder = folderWith("mae", { close: [11, 21, 31, 41], exact: [10, 20, 30, 40] });
    const { rows } = await gradeReferences(labels, graderOf(labels), folder);
    const trivial = rows.find(({ name }) => name === "trivial")?.value ?? Number.NaN;
    const at = (value: number) => standingOf({ value, error: 0, trivial }, rows, "minimize");
    expect(at(0)).toMatchObject({ score: 1, percentile: 75 });
    expect(at(trivial)).toMatchObject({ score: 0, percentile: 0 });
  });

  it("are refused where nothing says which there are", async () => {
    const labels = await readReportLabels(taskOf("mae"));
    await expect(gradeReferences(labels, graderOf(labels), join(root, "nowhere"))).rejects.toMatchObject({
      code: "AIDE_REFERENCES",
    });
  });
});

const reference: fc.Arbitrary<Reference> = fc.record({
  name: fc.string({ minLength: 1 }).map((text) => `n${text}`),
  family: fc.constantFrom("linear", "random forest", 'a "b", c'),
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  error: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
});

describe("references.csv", () => {
  it("is always read back to the same numbers", async () => {
    const path = join(root, "references.csv");
    await fc.assert(
      fc.asyncProperty(fc.array(reference, { maxLength: 20 }), async (rows) => {
        await writeReferences(path, rows);
        expect(await readReferences(path)).toEqual(
          rows.map((row) => ({ ...row, value: row.value + 0, error: row.error + 0 })),
        );
      }),
    );
  });
});
