import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNamed } from "@aide-ts/evaluation";
import { mleBenchCompetitions } from "@aide-ts/tasks";
import {
  fiveDecimals,
  leaderboardOf,
  liteCompetitions,
  reportOf,
  summaryOf,
  writeSubmissionList,
} from "../../src/index.ts";
import { dataRoot } from "./made-up-competitions.ts";

const board = leaderboardOf(Array.from({ length: 100 }, (_, place) => 100 - place));
const report = (score: number | undefined, exists = true) =>
  reportOf({ id: "one", path: "s.csv", exists, score, createdAt: new Date(0) }, board);

describe("a report", () => {
  it("never has two medals, and has any where it has one", () => {
    fc.assert(
      fc.property(fc.option(fc.double({ min: 0, max: 120, noNaN: true }), { nil: undefined }), (score) => {
        const { gold_medal, silver_medal, bronze_medal, any_medal, valid_submission } = report(score);
        const medals = [gold_medal, silver_medal, bronze_medal].filter(Boolean).length;
        expect(medals).toBe(Number(any_medal));
        expect(valid_submission).toBe(score !== undefined);
      }),
    );
  });

  it("is counted in a summary, as MLE-bench counts", () => {
    const reports = [
      report(100),
      report(85),
      report(62),
      report(51),
      report(50),
      report(undefined),
      report(undefined, false),
    ];
    expect(summaryOf(reports)).toEqual({
      total_runs: 7,
      total_runs_with_submissions: 6,
      total_valid_submissions: 5,
      total_medals: 3,
      total_gold_medals: 1,
      total_silver_medals: 1,
      total_bronze_medals: 1,
      total_above_median: 4,
      competition_reports: reports,
    });
  });
});

describe("the Lite split", () => {
  it("is graded whole, by metrics of the library", () => {
    expect(Object.keys(liteCompetitions)).toEqual(mleBenchCompetitions.low);
    for (const [id, { metric }] of Object.entries(liteCompetitions)) expect(metricNamed(metric)?.name, id).toBe(metric);
  });
});

describe("five decimals", () => {
  it.each([
    [1 / 64, 0.01562],
    [3 / 64, 0.04688],
    [-1 / 64, -0.01562],
    [0.000005, 0.00001],
    [1.000015, 1.00002],
    [0.123_457, 0.12346],
    [0.123_455, 0.12345],
    [12_345.678_9, 12_345.6789],
    [2, 2],
  ])("of %d are %d", (score, rounded) => {
    expect(fiveDecimals(score)).toBe(rounded);
  });

  it("are always the nearest, and stay as they are", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (score) => {
        const rounded = fiveDecimals(score);
        expect(Math.abs(rounded - score)).toBeLessThanOrEqual(5e-6 + 1e-9);
        expect(fiveDecimals(rounded) === rounded).toBe(true);
      }),
    );
  });
});

describe("the list of submissions", () => {
  it("is a line of JSON for each", async () => {
    const path = join(dataRoot({}), "submission.jsonl");
    await writeSubmissionList(path, [
      { id: "leaf-classification", path: "/runs/a/submission.csv" },
      { id: "spooky-author-identification", path: '/runs/"b"\n/submission.csv' },
    ]);
    expect(readFileSync(path, "utf8")).toBe(
      '{"competition_id":"leaf-classification","submission_path":"/runs/a/submission.csv"}\n' +
        '{"competition_id":"spooky-author-identification","submission_path":"/runs/\\"b\\"\\n/submission.csv"}\n',
    );
  });
});
