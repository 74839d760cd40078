import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGrades } from "../../src/outcomes/grades.ts";
import { temporary } from "../made-up.ts";

const read = (grades: object) => {
  const folder = temporary();
  writeFileSync(join(folder, "grades.json"), JSON.stringify(grades));
  return readGrades(folder);
};

const report = (more: object = {}) => ({
  score: 0.8,
  valid_submission: true,
  above_median: true,
  any_medal: false,
  gold_threshold: 0.9,
  ...more,
});

describe("grades of a run", () => {
  it("on a task of its own say what a submission is worth beside the references", () => {
    const final = { valid: true, value: 12.5, error: 0.4, useful: true, score: 0.7 };
    expect(read({ final, solutions: [{ id: "0-1", grade: { valid: false, brief: "no submission" } }] })).toMatchObject({
      final,
      solutions: [{ id: "0-1", grade: { valid: false } }],
    });
  });

  it("in a competition are its place on the leaderboard", () => {
    const grades = read({
      competition: "leaf-classification",
      final: { kind: "report", by: "mlebench", report: report(), place: { exceeds: 64, top: 36 } },
      solutions: [
        { id: "0-1", grade: { kind: "report", report: report({ score: null, valid_submission: false }) } },
        { id: "1-1", grade: { kind: "none", problem: "The script left no submission.", fix: "" } },
      ],
    });
    expect(grades?.final).toEqual({
      valid: true,
      value: 0.8,
      useful: true,
      score: 0.64,
      leaderboard: { aboveMedian: true, anyMedal: false },
    });
    expect(grades?.solutions).toEqual([
      { id: "0-1", grade: { valid: false, brief: "not valid", leaderboard: { aboveMedian: false, anyMedal: false } } },
    ]);
  });

  it("without a leaderboard are the score alone; without a grade there are none", () => {
    const unranked = { kind: "unranked", scored: { valid: true, score: 3 }, isLowerBetter: true };
    expect(read({ final: unranked, solutions: [] })?.final).toEqual({ valid: true, value: 3, useful: true });
    expect(
      read({ final: { kind: "none", problem: "MLE-bench did not answer.", fix: "" }, solutions: [] }),
    ).toBeUndefined();
    expect(readGrades(temporary())).toBeUndefined();
  });
});
