import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leaderboardOf, placeAmong, readLeaderboard } from "../../src/index.ts";

const fileWith = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), "aide-leaderboard-")), "leaderboard.csv");
  writeFileSync(path, text);
  return path;
};

describe("a leaderboard", () => {
  it.each([
    ["score\n0.9\n0.5\n", [0.9, 0.5], false],
    ["teamId,submissionDate,score\n1,2020-01-01,0.1\n2,2020-01-02,0.25\n", [0.1, 0.25], true],
    ["Score\n1\n1\n", [1, 1], false],
    ["score\n5\n", [5], false],
    ["team,score\na,3\nb,\n", [3, Number.NaN], false],
  ])("is read from %j", async (text, scores, isLowerBetter) => {
    const board = await readLeaderboard(fileWith(text));
    expect([...board.scores]).toEqual(scores);
    expect(board.isLowerBetter).toBe(isLowerBetter);
  });

  it.each([
    ["version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 63555\n", /git lfs pull/],
    ["name,points\na,1\n", /column `score`/],
    ["score\n", /column `score`/],
    ["score\nhigh\n", /column `score`/],
    ['score\n"0.5', /column `score`/],
    ["", /column `score`/],
  ])("is not %j", async (text, fix) => {
    await expect(readLeaderboard(fileWith(text))).rejects.toMatchObject({
      code: "AIDE_MLEBENCH_LEADERBOARD",
      fix: expect.stringMatching(fix),
    });
  });

  it("is not a file that is not there", async () => {
    await expect(readLeaderboard("/nowhere/leaderboard.csv")).rejects.toMatchObject({
      code: "AIDE_MLEBENCH_LEADERBOARD",
    });
  });
});

describe("a place on a leaderboard", () => {
  const board = leaderboardOf([9, 8, 8, 2]);

  it.each([
    [10, 100, 0],
    [9, 75, 25],
    [8, 25, 75],
    [7, 25, 75],
    [2, 0, 100],
    [Number.NaN, 0, 100],
  ])("with the score %d exceeds %d % and is in the top %d %", (score, exceeds, top) => {
    expect(placeAmong(score, board)).toEqual({ exceeds, top });
  });

  it("is found from below where less is better", () => {
    expect(placeAmong(0.1, leaderboardOf([0.1, 0.2, 0.2, 0.4]))).toEqual({ exceeds: 75, top: 25 });
  });

  it("never counts a team both as exceeded and as not, nor one that ties as exceeded", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }),
        fc.integer({ min: -1, max: 6 }),
        (all, score) => {
          const scores = all.toSorted((a, b) => b - a);
          const { exceeds, top } = placeAmong(score, leaderboardOf(scores));
          expect(exceeds + top).toBeCloseTo(100);
          expect((exceeds / 100) * scores.length).toBeCloseTo(scores.filter((other) => other < score).length);
        },
      ),
    );
  });
});
