import { truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gradeByOwnRules } from "../../src/index.ts";
import { dataRoot } from "./made-up-competitions.ts";

const createdAt = new Date(0);

describe("no grade", () => {
  const described = (id: string, text: string, answers: string) =>
    dataRoot({
      [`${id}/prepared/public/description.md`]: text,
      [`${id}/prepared/public/sample_submission.csv`]: "id,y\n1,0\n2,0\n",
      [`${id}/prepared/private/test.csv`]: answers,
    });

  it.each([
    [
      "a metric that the library lacks",
      "## Evaluation\n\nScored by the continuous ranked probability score (CRPS).\n",
      "id,y\n1,1\n2,0\n",
      /library lacks its metric|names no metric/,
    ],
    ["no metric", "# Hello\n", "id,y\n1,1\n2,0\n", /names no metric/],
    ["answers of other rows", "## Evaluation\n\nAccuracy.\n", "id,y\n3,1\n4,0\n", /do not fit the sample/],
    ["answers that are no table", "## Evaluation\n\nAccuracy.\n", '"', /not a CSV file/],
  ])("is given for %s", async (_, text, answers, problem) => {
    const dataRootOf = described("odd", text, answers);
    await expect(
      gradeByOwnRules({ id: "odd", path: "x.csv" }, { dataRoot: dataRootOf, createdAt }),
    ).resolves.toMatchObject({
      kind: "none",
      problem: expect.stringMatching(problem),
      fix: expect.stringContaining("mle-bench"),
    });
  });

  it("is given for answers that are too many for this process", async () => {
    const dataRootOf = described("odd", "## Evaluation\n\nAccuracy.\n", "");
    truncateSync(join(dataRootOf, "odd/prepared/private/test.csv"), 64 * 2 ** 20 + 1);
    await expect(
      gradeByOwnRules({ id: "odd", path: "x.csv" }, { dataRoot: dataRootOf, createdAt }),
    ).resolves.toMatchObject({
      kind: "none",
      problem: expect.stringContaining("too large"),
    });
  });

  it.each([["answers.jsonl"], ["one.csv", "two.csv"]])("is given for answers in %s", async (...names) => {
    const dataRootOf = dataRoot({
      "odd/prepared/public/description.md": "",
      ...Object.fromEntries(names.map((name) => [`odd/prepared/private/${name}`, "id,y\n1,1\n"])),
    });
    const graded = await gradeByOwnRules({ id: "odd", path: "x.csv" }, { dataRoot: dataRootOf, createdAt });
    expect(graded).toMatchObject({ kind: "none", problem: expect.stringContaining("not in one CSV file") });
  });

  it("is given where the answers are kept elsewhere", async () => {
    const dataRootOf = dataRoot({ "odd/prepared/public/description.md": "Accuracy." });
    await expect(
      gradeByOwnRules({ id: "odd", path: "x.csv" }, { dataRoot: dataRootOf, createdAt }),
    ).resolves.toMatchObject({
      kind: "none",
      problem: expect.stringContaining("The answers of odd are not in"),
    });
  });

  it("is given for a competition that is not prepared", async () => {
    await expect(
      gradeByOwnRules(
        { id: "tiny-binry", path: "x.csv" },
        { dataRoot: dataRoot({ "tiny-binary/prepared/x": "" }), createdAt },
      ),
    ).resolves.toMatchObject({
      kind: "none",
      problem: expect.stringContaining("did you mean"),
    });
  });
});
