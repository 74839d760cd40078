import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { gradeByOwnRules, liteCompetitions } from "../../src/index.ts";
import { madeUpLite, submissionsOf, unlike } from "./lite-made-up.ts";
import { csv, dataRoot, filesOf } from "./made-up-competitions.ts";

/** As many as there are; what they are called does not matter to a score. */
const classes: Readonly<Record<string, number>> = {
  "dog-breed-identification": 120,
  "leaf-classification": 99,
  "spooky-author-identification": 3,
};

const all = Object.keys(liteCompetitions).map((id) =>
  madeUpLite(
    id,
    Array.from({ length: classes[id] ?? 0 }, (_, at) => `class ${at}`),
  ),
);
const fixture: { readonly scores: Readonly<Record<string, number | null>> } = JSON.parse(
  readFileSync(new URL("fixtures/lite-scores.json", import.meta.url), "utf8"),
);
const known: ReadonlyMap<string, number | null> = new Map(Object.entries(fixture.scores));
let root = "";
let leaderboards = "";

beforeAll(() => {
  root = dataRoot(Object.assign({}, ...all.map(filesOf)));
  leaderboards = dataRoot(Object.fromEntries(all.map(({ id }) => [`${id}/leaderboard.csv`, "score\n1\n0\n"])));
});

describe("what MLE-bench's own graders gave to made-up submissions", () => {
  it.each(all)("is given by rules of our own to those of $id", async (one) => {
    for (const [name, rows] of submissionsOf(one)) {
      if (unlike[`${one.id}: ${name}`] !== undefined) continue;
      const path = join(dataRoot({ "submission.csv": csv(rows) }), "submission.csv");
      const graded = await gradeByOwnRules(
        { id: one.id, path },
        { dataRoot: root, leaderboards, createdAt: new Date(0) },
      );
      expect(graded.kind === "report" && graded.report.score, name).toBe(known.get(`${one.id}: ${name}`));
    }
  });

  it("is known of all of them, and some are not valid", () => {
    expect(known.size).toBe(all.reduce((sum, one) => sum + submissionsOf(one).size, 0));
    for (const { id } of all) {
      expect(known.get(`${id}: good`), id).toEqual(expect.any(Number));
      expect(known.get(`${id}: short of a row`), id).toBeNull();
    }
  });
});
