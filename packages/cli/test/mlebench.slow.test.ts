import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { aide, block, fixtures, freshFolder, runFolder } from "./aide.ts";

const installed = process.env["AIDE_MLEBENCH_PYTHON"];
if (installed === undefined)
  console.log(
    "Runs are not graded by MLE-bench itself: AIDE_MLEBENCH_PYTHON names no Python that can import mlebench.",
  );

const id = "spaceship-titanic";
const passenger = (row: number): string => `${String(row).padStart(4, "0")}_01`;
const transported = (row: number): string => (row % 3 === 0 ? "True" : "False");
const table = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`;
const rows = Array.from({ length: 150 }, (_, at) => at + 1);
const [known, asked] = [rows.slice(0, 120), rows.slice(120)];

/** A competition as `mlebench prepare` leaves one. */
const prepared = (): string => {
  const root = freshFolder();
  const files = {
    "public/description.md":
      "# Spaceship\n\nPredict Transported.\n\n## Evaluation\n\nSubmissions are evaluated on classification accuracy.\n",
    "public/train.csv": table(
      "PassengerId,Age,Transported",
      known.map((row) => [passenger(row), row % 3, transported(row)]),
    ),
    "public/test.csv": table(
      "PassengerId,Age",
      asked.map((row) => [passenger(row), row % 3]),
    ),
    "public/sample_submission.csv": table(
      "PassengerId,Transported",
      asked.map((row) => [passenger(row), "False"]),
    ),
    "private/test.csv": table(
      "PassengerId,Age,Transported",
      asked.map((row) => [passenger(row), row % 3, transported(row)]),
    ),
  };
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, id, "prepared", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return root;
};

/** Predicts the label of a share of the rows, and the other of the rest. */
const script = (right: string): string =>
  block(`import csv
with open("./input/test.csv") as file, open("./submission/submission.csv", "w", newline="") as out:
    rows = csv.writer(out)
    rows.writerow(["PassengerId", "Transported"])
    for row in csv.DictReader(file):
        rows.writerow([row["PassengerId"], (float(row["Age"]) == 0) == (${right})])`);

const begun = async () => {
  const data = prepared();
  const root = freshFolder();
  const answers = [script("int(row['PassengerId'][:4]) % 2"), script("True")];
  const backend = JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers });
  writeFileSync(join(root, "aide.config.yaml"), `backend: ${backend}\nrehearse: false\nstrategies: []\n`);
  const ran = await aide(["run", `mlebench=${id}`, "--data", data, "budget.steps=2"], root);
  expect(ran.out).toContain("2 solutions, 2 valid");
  return { root, data };
};

/** Leaderboards on which 1 is the score of the first of ten teams. */
const ranked = (root: string): string => {
  const leaderboards = join(root, "leaderboards");
  mkdirSync(join(leaderboards, id), { recursive: true });
  writeFileSync(
    join(leaderboards, id, "leaderboard.csv"),
    table(
      "score",
      [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1].map((score) => [score]),
    ),
  );
  return leaderboards;
};

it("a run on a competition is graded by its answers, each solution on the way too", { timeout: 120_000 }, async () => {
  const { root, data } = await begun();
  const leaderboards = ranked(root);
  const env = { PATH: dirname(process.execPath) };

  const unranked = await aide(["grade"], root, env);
  expect(unranked.out).toMatch(/^final +1$/m);
  expect(unranked.out).toContain("No medal: No leaderboard is known for spaceship-titanic.");

  const graded = await aide(["grade", "--leaderboards", leaderboards], root, env);
  expect(graded.out).toMatch(/^final +1 +gold +yes +90\.0 % +10\.0 %$/m);
  expect(graded.out).toContain("Graded by accuracy, from the competition's page");
  const run = runFolder(root);
  const grades = JSON.parse(readFileSync(join(run, "grades.json"), "utf8"));
  expect(grades).toMatchObject({ competition: id, final: { report: { any_medal: true, score: 1 } } });
  expect(grades.solutions.map((one: { grade: { report: { score: number } } }) => one.grade.report.score)).toEqual([
    0.5, 1,
  ]);
  expect(JSON.parse(readFileSync(join(run, "submission.jsonl"), "utf8"))).toEqual({
    competition_id: id,
    submission_path: join(run, "best_submission.csv"),
  });

  const file = await aide(
    ["grade", join(run, "best_submission.csv"), "--mlebench", id, "--data", data, "--leaderboards", leaderboards],
    root,
    env,
  );
  expect(file.out).toMatch(/best_submission\.csv +1 +gold/);
});

it.skipIf(installed === undefined)("by MLE-bench itself where it is installed", { timeout: 300_000 }, async () => {
  const { root, data } = await begun();
  const python = installed ?? "";
  const leaderboards = ranked(root);
  const env = { PATH: `${dirname(python)}:${process.env["PATH"]}` };
  const graded = await aide(["grade", "--leaderboards", leaderboards], root, env);
  expect(graded.out).toContain("Graded by MLE-bench.");
  expect(graded.out).toMatch(/^final +1 +gold +yes +90\.0 % +10\.0 %$/m);

  // A checkout without Git LFS has no leaderboards, so that `mlebench grade` itself is given one.
  const program = `import pathlib, sys, pandas
from mlebench import grade
from mlebench.registry import registry
board, submissions, out, data = map(pathlib.Path, sys.argv[1:])
grade.get_leaderboard = lambda _: pandas.read_csv(board)
grade.grade_jsonl(submissions, out, registry.set_data_dir(data))`;
  const out = join(root, "graded");
  const submissions = join(runFolder(root), "submission.jsonl");
  execFileSync(python, ["-c", program, join(leaderboards, id, "leaderboard.csv"), submissions, out, data], {
    cwd: root,
    stdio: "ignore",
  });
  const [report = ""] = readdirSync(out);
  expect(JSON.parse(readFileSync(join(out, report), "utf8"))).toMatchObject({
    total_runs: 1,
    total_gold_medals: 1,
    competition_reports: [{ score: 1 }],
  });
});
