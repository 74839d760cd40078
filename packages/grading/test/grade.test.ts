import { describe, expect, it } from "vitest";
import { checkGrading, gradeSubmission, graderOf, readReportLabels, type ReportLabels } from "../src/index.ts";
import { bytes, csv, taskWith } from "./boats.ts";

const rows = Array.from({ length: 40 }, (_, at) => at + 1);

const regression = async (references = ""): Promise<ReportLabels> =>
  readReportLabels(
    await taskWith(
      { id: "boat" },
      {
        "private/answers.csv": csv(
          "boat,y",
          rows.map((at) => [at, at * 2]),
        ),
        "private/training-labels.csv": csv(
          "y",
          rows.map((at) => [at * 2]),
        ),
        ...(references === "" ? {} : { "private/references.csv": references }),
      },
    ),
  );

const submission = (predict: (at: number) => string | number, header = "boat,y") =>
  bytes(
    csv(
      header,
      rows.map((at) => [at, predict(at)]),
    ),
  );

describe("a submission", () => {
  it("gets value, standard error, and where it stands among references", async () => {
    const labels = await regression(
      "name,family,value,error\ntrivial,constant,20,1\nridge,linear,2,0.1\nknn,neighbours,6,0.2\n",
    );
    const grade = gradeSubmission(
      submission((at) => at * 2 + 4),
      labels,
    );
    expect(grade).toMatchObject({ valid: true, value: 4, useful: true, trivial: 20, percentile: 50 });
    expect(grade.valid && grade.score).toBeCloseTo((20 - 4) / (20 - 2), 12);
    expect(grade.valid && grade.error).toBeCloseTo(0, 12);
  });

  it("is valid and of no use where it is a constant", async () => {
    expect(
      gradeSubmission(
        submission(() => 41),
        await regression(),
      ),
    ).toMatchObject({
      valid: true,
      useful: false,
      value: 20,
    });
  });

  it.each([
    ["a wrong column", submission((at) => at, "boat,z"), "column y missing"],
    [
      "a missing id",
      bytes(
        csv(
          "boat,y",
          rows.slice(1).map((at) => [at, at]),
        ),
      ),
      "39 rows, 40 wanted",
    ],
    ["NaN", submission((at) => (at === 7 ? "NaN" : at)), "missing values in 1 row"],
    [
      "a word in a column of numbers",
      submission((at) => (at === 7 ? "many" : at)),
      "predictions that cannot be scored",
    ],
  ])("is refused with a message for %s", async (_what, given, brief) => {
    const grade = gradeSubmission(given, await regression());
    expect(grade).toMatchObject({ valid: false, brief, problem: expect.stringMatching(/\.$/) });
  });

  it("may hold rows that a search held back, if it is graded on the way", async () => {
    const labels = await regression();
    const more = bytes(csv("boat,y", [...rows.map((at) => [at, at * 2]), [900, 5], [901, "NaN"]]));
    expect(gradeSubmission(more, labels)).toMatchObject({ valid: false });
    expect(gradeSubmission(more, labels, "among others")).toMatchObject({ valid: true, value: 0 });
    const less = bytes(
      csv(
        "boat,y",
        rows.slice(3).map((at) => [at, at * 2]),
      ),
    );
    expect(gradeSubmission(less, labels, "among others")).toMatchObject({ valid: false, brief: "3 ids missing" });
  });
});

describe("classes", () => {
  const answers = csv(
    "boat,y",
    rows.map((at) => [at, at % 4 === 0 ? "sunk" : "afloat"]),
  );

  it("are graded by probabilities of the positive one that the task names", async () => {
    const labels = await readReportLabels(
      await taskWith({ id: "boat", metric: "auc", positive: "afloat" }, { "private/answers.csv": answers }),
    );
    const sure = bytes(
      csv(
        "boat,y",
        rows.map((at) => [at, at % 4 === 0 ? 0.1 : 0.9]),
      ),
    );
    expect(gradeSubmission(sure, labels)).toMatchObject({ valid: true, value: 1, trivial: 0.5 });
  });

  it("are graded by a column for each where the sample submission has one", async () => {
    const labels = await readReportLabels(
      await taskWith(
        { id: "boat", metric: "logloss" },
        { "private/answers.csv": answers, "public/sample_submission.csv": "boat,afloat,sunk\n1,0.5,0.5\n" },
      ),
    );
    expect(labels.format).toMatchObject({ kind: "class-probabilities", columns: ["boat", "afloat", "sunk"] });
    const sure = bytes(
      csv(
        "boat,afloat,sunk",
        rows.map((at) => (at % 4 === 0 ? [at, 0, 1] : [at, 1, 0])),
      ),
    );
    const grade = gradeSubmission(sure, labels);
    expect(grade.valid && grade.value).toBeLessThan(1e-9);
  });
});

it("of two classes without a named one that is positive which a run asks the probability of", async () => {
  const answers = csv(
    "boat,y",
    rows.map((at) => [at, at % 4 === 0 ? "+" : "-"]),
  );
  const labels = await readReportLabels(
    await taskWith({ id: "boat", metric: "auc" }, { "private/answers.csv": answers }),
  );
  const sure = bytes(
    csv(
      "boat,y",
      rows.map((at) => [at, at % 4 === 0 ? 0.9 : 0.1]),
    ),
  );
  expect(gradeSubmission(sure, labels)).toMatchObject({ valid: true, value: 1 });
});

it("classes in columns count by their names, in whatever order the sample submission has them", async () => {
  const labels = await readReportLabels(
    await taskWith(
      { id: "boat", metric: "logloss" },
      {
        "private/answers.csv": csv(
          "boat,y",
          rows.map((at) => [at, at % 4 === 0 ? "sunk" : "afloat"]),
        ),
        "public/sample_submission.csv": "boat,sunk,afloat\n1,0.5,0.5\n",
      },
    ),
  );
  const sure = bytes(
    csv(
      "boat,sunk,afloat",
      rows.map((at) => (at % 4 === 0 ? [at, 1, 0] : [at, 0, 1])),
    ),
  );
  const grade = gradeSubmission(sure, labels);
  expect(grade.valid && grade.value).toBeLessThan(1e-9);
});

describe("labels", () => {
  it.each([
    ["a file that is not there", {}, "answers.csv cannot be read"],
    ["no column of the target", { "private/answers.csv": "boat,x\n1,2\n" }, "no column y"],
    ["two rows of one id", { "private/answers.csv": "boat,y\n1,2\n1,3\n" }, "several rows with the same boat"],
  ])("are refused for %s", async (_what, files, message) => {
    await expect(readReportLabels(await taskWith({ id: "boat" }, files))).rejects.toMatchObject({
      code: "AIDE_REPORT_LABELS",
      message: expect.stringContaining(message),
    });
  });
});

describe("the check of a grader", () => {
  const references = "name,family,value,error\nridge,linear,2,0.1\nknn,neighbours,6,0.2\n";

  it("finds nothing in a sound one", async () => {
    const labels = await regression(references);
    expect(await checkGrading(labels, graderOf(labels))).toEqual([]);
  });

  it("notices answers that do not get the best value, shuffled ones that are too good, faults that pass", async () => {
    const labels = await regression(references);
    const constant = (value: number) =>
      Promise.resolve({ valid: true, value, error: 0.1, trivial: 20, useful: true } as const);
    expect(await checkGrading(labels, () => constant(3))).toEqual([
      "The answers themselves get 3.",
      expect.stringContaining("Shuffled answers are better"),
      "A submission with a wrong column is not refused.",
      "A submission with a missing row is not refused.",
      "A submission with NaN is not refused.",
      "A submission with a word for a number is not refused.",
    ]);
  });

  it("notices references whose best is no better than a constant", async () => {
    const labels = await regression("name,family,value,error\nridge,linear,25,0.1\n");
    expect(await checkGrading(labels, graderOf(labels))).toEqual([expect.stringContaining("not at 0 and 1")]);
  });
});
