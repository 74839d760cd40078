import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@aide-ts/core";
import { metricNamed } from "@aide-ts/evaluation";
import { describe, expect, it } from "vitest";
import {
  fiveDecimals,
  gradeByMleBench,
  gradeByOwnRules,
  liteCompetitions,
  type MleBenchGrade,
} from "../../src/index.ts";
import { madeUpLite, submissionsOf, unlike } from "./lite-made-up.ts";
import { csv, dataRoot, filesOf, type MadeUp } from "./made-up-competitions.ts";
import { linesOf } from "./made-up-leaderboards.ts";
import { others } from "./others-made-up.ts";

const python = process.env["AIDE_MLEBENCH_PYTHON"] ?? "";
if (python === "")
  console.log(
    "MLE-bench's own graders are not compared: AIDE_MLEBENCH_PYTHON names no Python that can import mlebench.",
  );

const origin =
  "Graders of https://github.com/openai/mle-bench at commit 783b15af77404fbaffe7255b0c4a934b46153389 with scikit-learn 1.5.2 and pandas 2.3.3, on made-up submissions of lite-made-up.ts, by real.test.ts";

const ids = Object.keys(liteCompetitions);

/** What a program prints as JSON, given something as JSON. */
const fromPython = <T>(program: string, given: unknown): T =>
  JSON.parse(
    execFileSync(python, ["-c", `import json, sys\ngiven = json.load(sys.stdin)\n${program}`], {
      input: JSON.stringify(given),
      encoding: "utf8",
      cwd: dataRoot({}),
      stdio: ["pipe", "pipe", "ignore"],
    }),
  );

/** The classes of the competitions that have a column for each, as MLE-bench has them. */
const classesOf = (): Readonly<Record<string, readonly string[]>> =>
  fromPython(
    `import importlib
of = lambda name, module, variable: list(getattr(importlib.import_module(f"mlebench.competitions.{name}.{module}"), variable))
print(json.dumps({name: of(name, *place) for name, place in given.items()}))`,
    {
      "leaf-classification": ["classes", "CLASSES"],
      "spooky-author-identification": ["classes", "CLASSES"],
      "dog-breed-identification": ["dogs", "DOGS_LIST"],
    },
  );

const pagesOf = (competitions: readonly string[]): Readonly<Record<string, string>> =>
  fromPython(
    `from mlebench.registry import registry
print(json.dumps({name: registry.get_competition(name).description for name in given}))`,
    competitions,
  );

/** With ties, around what the submissions score. */
const leaderboardOf = (id: string): string => {
  const random = seededRandom(id, "leaderboard");
  const scores = Array.from({ length: 137 }, () => Math.round(100 * random()) / 100);
  const isLower = metricNamed(liteCompetitions[id]?.metric ?? "auc")!.direction === "minimize";
  return `score\n${scores.sort((a, b) => (isLower ? a - b : b - a)).join("\n")}\n`;
};

interface Case {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

const createdAt = new Date("2026-01-02T03:04:05Z");
const signal = new AbortController().signal;

/** The reports of both, without what the one knows and the other does not. */
const graded = async (competitions: readonly MadeUp[], cases: readonly Case[]) => {
  const root = dataRoot(Object.assign({}, ...competitions.map(filesOf)));
  const leaderboards = dataRoot(
    Object.fromEntries(competitions.map(({ id }) => [`${id}/leaderboard.csv`, leaderboardOf(id)])),
  );
  const grading = { dataRoot: root, leaderboards, createdAt };
  const theirs = await gradeByMleBench(cases, { ...grading, python, timeoutMs: 120_000, signal });
  const own: MleBenchGrade[] = [];
  for (const one of cases) own.push(await gradeByOwnRules(one, grading));
  return cases.map((one, at) => ({ ...one, theirs: comparable(theirs[at]!), own: comparable(own[at]!) }));
};

const comparable = (grade: MleBenchGrade) => ({
  report: grade.kind === "report" ? grade.report : undefined,
  place: grade.kind === "report" ? grade.place : undefined,
});

const scoreOf = ({ report }: ReturnType<typeof comparable>): string =>
  report === undefined ? "none" : String(report.score ?? "invalid");

const line = ({ id, name, theirs, own }: Awaited<ReturnType<typeof graded>>[number], why = ""): string =>
  `${id.padEnd(48)} ${name.padEnd(24)} MLE-bench ${scoreOf(theirs).padEnd(8)} own ${scoreOf(own).padEnd(8)} ${why}`;

describe.skipIf(python === "")("rules of our own and MLE-bench's graders", { timeout: 600_000 }, () => {
  it("give the same reports on the Lite split", async () => {
    const classes = classesOf();
    const all = ids.map((id) => madeUpLite(id, classes[id] ?? []));
    const cases = all.flatMap((one) =>
      [...submissionsOf(one)].map(([name, rows]) => ({
        id: one.id,
        name,
        path: join(dataRoot({ "submission.csv": csv(rows) }), "submission.csv"),
      })),
    );
    const pairs = await graded(all, cases);
    const differing = pairs.filter(({ theirs, own }) => JSON.stringify(theirs) !== JSON.stringify(own));
    const reasonOf = ({ id, name }: Case) => unlike[`${id}: ${name}`];
    console.log(
      [
        ...pairs.filter(({ name }) => ["good", "poor"].includes(name)).map((pair) => line(pair)),
        `${pairs.length - differing.length} of ${pairs.length} reports are the same. The others:`,
        ...differing.map((pair) => line(pair, reasonOf(pair))),
      ].join("\n"),
    );
    for (const pair of differing) if (reasonOf(pair) === undefined) expect(pair.own, line(pair)).toEqual(pair.theirs);
    const scores = Object.fromEntries(pairs.map(({ id, name, theirs }) => [`${id}: ${name}`, theirs.report?.score]));
    await expect(`${JSON.stringify({ origin, scores }, undefined, 2)}\n`).toMatchFileSnapshot(
      "fixtures/lite-scores.json",
    );
  });

  it("give the same reports where the metric is read from the competition's page", async () => {
    const pages = pagesOf(others.map(({ id }) => id));
    const all = others.map((one) => ({ ...one, description: pages[one.id]! }));
    const cases = all.map(({ id, submission }) => ({
      id,
      name: "",
      path: join(dataRoot({ "submission.csv": csv(submission) }), "submission.csv"),
    }));
    const pairs = await graded(all, cases);
    console.log(pairs.map((pair) => line(pair)).join("\n"));
    for (const { id, theirs, own } of pairs) {
      expect(own, id).toEqual(theirs);
      expect(scoreOf(theirs), id).not.toBe("invalid");
    }
  });

  it("give the same medals", () => {
    const program = fileURLToPath(new URL("python/medals.py", import.meta.url));
    const printed = execFileSync(python, [program, "200"], {
      encoding: "utf8",
      cwd: dataRoot({}),
      stdio: ["ignore", "pipe", "ignore"],
    });
    const hash = createHash("sha256");
    for (let teams = 1; teams <= 200; teams++) hash.update(linesOf(teams));
    expect(JSON.parse(printed).medals.all).toBe(hash.digest("hex"));
  });

  it("round alike", () => {
    const random = seededRandom("rounding");
    const scores = Array.from({ length: 50_000 }, (_, at) =>
      at % 3 === 0
        ? Math.round(200_000 * random()) / 200_000
        : at % 3 === 1
          ? Math.round(2000 * random()) / 64
          : random(),
    );
    expect(scores.map(fiveDecimals)).toEqual(
      fromPython("print(json.dumps([round(score, 5) for score in given]))", scores),
    );
  });
});
