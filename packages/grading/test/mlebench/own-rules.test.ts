import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { gradeByOwnRules, gradeMleBench, type MleBenchGrade } from "../../src/index.ts";
import { csv, dataRoot, filesOf, tiny, type Cells } from "./made-up-competitions.ts";

const createdAt = new Date("2026-01-02T03:04:05Z");
const competitions = new Map(tiny().map((one) => [one.id, one]));
const boards = { higher: "score\n0.99\n0.9\n0.8\n0.7\n0.6\n", lower: "score\n0.1\n0.2\n0.5\n5\n60\n" };
let root = "";
let leaderboards = "";

beforeAll(() => {
  root = dataRoot(Object.assign({}, ...tiny().map(filesOf)));
  leaderboards = dataRoot({
    "tiny-regression/leaderboard.csv": boards.lower,
    "tiny-binary/leaderboard.csv": boards.higher,
    "tiny-classes/leaderboard.csv": boards.lower,
    "tiny-labels/leaderboard.csv": boards.lower,
  });
});

const submissionOf = (rows: Cells | string): string => {
  const path = join(mkdtempSync(join(tmpdir(), "aide-submission-")), "submission.csv");
  writeFileSync(path, typeof rows === "string" ? rows : csv(rows));
  return path;
};

const grade = (id: string, rows: Cells | string): Promise<MleBenchGrade> =>
  gradeByOwnRules({ id, path: submissionOf(rows) }, { dataRoot: root, leaderboards, createdAt });

const scoreOf = async (id: string, rows: Cells | string): Promise<number | string> => {
  const graded = await grade(id, rows);
  if (graded.kind !== "report") throw new Error(JSON.stringify(graded));
  return graded.report.score ?? graded.problem!;
};

/** The submission that has every answer. */
const perfect = (id: string): Cells => {
  const { answers, sample } = competitions.get(id)!;
  if (id === "tiny-labels") return perfect("tiny-classes");
  const places = sample[0]!.map((name) => answers[0]!.indexOf(name));
  return answers.map((row) => places.map((place) => row[place]!));
};

const five = (value: number): number => Number(value.toFixed(5));

describe("a grade by rules of our own", () => {
  it("is MLE-bench's report", async () => {
    const path = submissionOf(perfect("tiny-binary"));
    await expect(
      gradeByOwnRules({ id: "tiny-binary", path }, { dataRoot: root, leaderboards, createdAt }),
    ).resolves.toEqual({
      kind: "report",
      by: { metric: "auc", from: "the competition's page" },
      report: {
        competition_id: "tiny-binary",
        score: 1,
        gold_threshold: 0.99,
        silver_threshold: 0.99,
        bronze_threshold: 0.9,
        median_threshold: 0.8,
        any_medal: true,
        gold_medal: true,
        silver_medal: false,
        bronze_medal: false,
        above_median: true,
        submission_exists: true,
        valid_submission: true,
        is_lower_better: false,
        created_at: "2026-01-02T03:04:05.000Z",
        submission_path: path,
      },
      place: { exceeds: 100, top: 0 },
    });
  });

  it("has the metric of the description", async () => {
    const { sample, answers } = competitions.get("tiny-regression")!;
    const prices = answers.slice(1).map((row) => Number(row[1]));
    const rmse = Math.sqrt(prices.reduce((sum, price) => sum + price ** 2, 0) / prices.length);
    await expect(scoreOf("tiny-regression", sample)).resolves.toBe(five(rmse));
    await expect(scoreOf("tiny-binary", competitions.get("tiny-binary")!.sample)).resolves.toBe(0.5);
    await expect(scoreOf("tiny-classes", competitions.get("tiny-classes")!.sample)).resolves.toBe(five(Math.log(3)));
  });

  it.each([...competitions.keys()])("is the best one for the answers of %s", async (id) => {
    await expect(scoreOf(id, perfect(id))).resolves.toBe(id === "tiny-binary" ? 1 : 0);
  });

  it("is the same for one-hot answers and for a column of labels, and by the columns' names", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 90, maxLength: 90 }),
        async (all) => {
          const { sample } = competitions.get("tiny-classes")!;
          const rows = sample.slice(1).map(([id], at) => [id!, ...all.slice(3 * at, 3 * at + 3)]);
          const turned = rows.map(([id, ant, bee, cat]) => [cat!, id!, bee!, ant!]);
          const scores = await Promise.all([
            scoreOf("tiny-classes", [sample[0]!, ...rows]),
            scoreOf("tiny-labels", [sample[0]!, ...rows]),
            scoreOf("tiny-labels", [["cat", "id", "bee", "ant"], ...turned]),
          ]);
          expect(new Set(scores).size).toBe(1);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("takes columns of zeros and ones for numbers where the metric is of numbers", async () => {
    const shares = "id,a,b\n1,1,0\n2,0,1\n3,0,1\n";
    const dataRootOf = dataRoot({
      "shares/prepared/public/description.md":
        "## Evaluation\n\nSubmissions are scored on the root mean squared error.\n",
      "shares/prepared/private/answers.csv": shares,
    });
    const path = submissionOf(shares.replaceAll("1\n", "3\n"));
    await expect(gradeByOwnRules({ id: "shares", path }, { dataRoot: dataRootOf, createdAt })).resolves.toMatchObject({
      kind: "unranked",
      scored: { valid: true, score: five(Math.sqrt(8 / 3) / 2) },
    });
  });

  it("never depends on the order of the rows, nor on other columns", async () => {
    const [header, ...rows] = competitions.get("tiny-regression")!.answers;
    const changed = rows.map(([id, price, x]) => [id!, Number(price) + Number(x), ""]);
    const [id, price, other] = ["id", "price", "other"];
    await expect(scoreOf("tiny-regression", [[id, price, other], ...changed.toReversed()])).resolves.toBe(
      await scoreOf("tiny-regression", [header!.slice(0, 2), ...changed.map((row) => row.slice(0, 2))]),
    );
  });

  it.each([
    ["no CSV file", 'id,price\n1,"2', /not a CSV file/],
    ["an empty file", "", /lacks the columns id, price/],
    ["no column of answers", "id,x\n1,2\n", /lacks the columns price/],
    ["too few rows", "id,price\n1000,2\n", /has 1 row/],
    [
      "no numbers",
      () => csv(perfect("tiny-regression")).replace(/(?<=1003,).*/, "dear"),
      /"dear" is not a finite number/,
    ],
    ["a gap", () => csv(perfect("tiny-regression")).replace(/(?<=1003,).*/, ""), /missing values/],
    ["a repeated row", () => csv(perfect("tiny-regression")).replace("1003,", "1004,"), /repeats|missing/],
  ])("is that of an invalid submission for %s", async (_, rows, problem) => {
    const graded = await grade("tiny-regression", typeof rows === "string" ? rows : rows());
    expect(graded).toMatchObject({
      kind: "report",
      problem: expect.stringMatching(problem),
      report: { score: null, valid_submission: false, submission_exists: true, any_medal: false, above_median: false },
    });
  });

  it.each(["nowhere.csv", "submission.txt"])("is that of no submission for %s", async (name) => {
    const path = join(root, name);
    if (name.endsWith("txt")) writeFileSync(path, csv(perfect("tiny-binary")));
    await expect(
      gradeByOwnRules({ id: "tiny-binary", path }, { dataRoot: root, leaderboards, createdAt }),
    ).resolves.toMatchObject({
      kind: "report",
      report: { score: null, submission_exists: false, valid_submission: false },
    });
  });

  it("is a score alone without a leaderboard", async () => {
    const submission = { id: "tiny-binary", path: submissionOf(perfect("tiny-binary")) };
    for (const folder of [{}, { leaderboards: root }])
      await expect(gradeByOwnRules(submission, { dataRoot: root, ...folder, createdAt })).resolves.toMatchObject({
        kind: "unranked",
        scored: { valid: true, score: 1 },
        isLowerBetter: false,
      });
  });
});

describe("grading", () => {
  it("takes rules of our own where there is no mlebench on the search path", async () => {
    const path = submissionOf(perfect("tiny-binary"));
    const grading = { dataRoot: root, leaderboards, createdAt, searchPath: root, timeoutMs: 1000 };
    const grades = await gradeMleBench([{ id: "tiny-binary", path }], {
      ...grading,
      signal: new AbortController().signal,
    });
    expect(grades).toMatchObject([{ kind: "report", by: { metric: "auc" }, report: { score: 1 } }]);
    await expect(gradeMleBench([{ id: "x", path }], { ...grading, signal: AbortSignal.abort("enough") })).rejects.toBe(
      "enough",
    );
  });

  it("never changes what it reads", async () => {
    const path = join(root, "tiny-binary/prepared/private/answers.csv");
    const before = readFileSync(path, "utf8");
    await grade("tiny-binary", perfect("tiny-binary"));
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});
