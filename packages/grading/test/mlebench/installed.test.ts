import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findMleBenchPython, gradeByMleBench, gradeMleBench } from "../../src/index.ts";
import { dataRoot } from "./made-up-competitions.ts";

const label = "secret-label-7f3a";
const root = dataRoot({ "known/prepared/private/answers.txt": label, "pointer/prepared/private/answers.txt": label });
const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));

const programIn = (folder: string, name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
  return join(folder, name);
};

/** A Python that finds the made-up package. */
const python = programIn(
  dataRoot({}),
  "python3",
  `#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 PYTHONPATH="${fixtures}" exec python3 "$@"\n`,
);

const csvWith = (text: string): string => join(dataRoot({ "submission.csv": text }), "submission.csv");

const grading = {
  python,
  dataRoot: root,
  createdAt: new Date("2026-01-02T03:04:05Z"),
  timeoutMs: 20_000,
  signal: new AbortController().signal,
};

const gradeAll = async (...submissions: readonly { readonly id: string; readonly path: string }[]) => {
  const grades = await gradeByMleBench(submissions, grading);
  // Whatever happens, the answers stay where they are.
  expect(JSON.stringify(grades)).not.toContain(label);
  return grades;
};

const none = (problem: RegExp) => ({ kind: "none", problem: expect.stringMatching(problem), fix: expect.any(String) });
const invalid = (problem: string) => ({
  kind: "report",
  by: "mlebench",
  report: expect.objectContaining({ score: null, valid_submission: false, created_at: "2026-01-02T03:04:05.000Z" }),
  problem,
});

describe("an installed MLE-bench", () => {
  it("grades many submissions, each for itself", async () => {
    const paths = ["score 2", "refuse", "break", "unreadable"].map(csvWith);
    const known = [...paths, join(root, "nowhere.csv")].map((path) => ({ id: "known", path }));
    const others = ["unknown", "../known", "pointer"].map((id) => ({ id, path: paths[0]! }));
    await expect(gradeAll(...known, ...others)).resolves.toEqual([
      {
        kind: "report",
        by: "mlebench",
        report: expect.objectContaining({ competition_id: "known", score: 2, submission_path: paths[0] }),
        place: { exceeds: 25, top: 75 },
      },
      invalid("Submission must contain the column y."),
      invalid("The grader failed: KeyError, whose text may quote answers: see it by `mlebench grade-sample`."),
      {
        ...invalid("The submission cannot be read: Error tokenizing data."),
        report: expect.objectContaining({ submission_exists: true, submission_path: paths[3] }),
      },
      {
        ...invalid(`There is no CSV file ${join(root, "nowhere.csv")}.`),
        report: expect.objectContaining({ submission_exists: false }),
      },
      none(/has no competition unknown/),
      none(/has no competition/),
      none(/git lfs pull/),
    ]);
  });

  it("takes a leaderboard from elsewhere", async () => {
    const leaderboards = dataRoot({ "pointer/leaderboard.csv": "score\n1\n0\n" });
    const submission = { id: "pointer", path: csvWith("score 2") };
    await expect(gradeByMleBench([submission], { ...grading, leaderboards })).resolves.toMatchObject([
      { kind: "report", place: { exceeds: 100, top: 0 } },
    ]);
  });

  it("never takes a score that is no number", async () => {
    await expect(gradeAll({ id: "known", path: csvWith("score nan") })).resolves.toEqual([none(/gave nan/)]);
  });

  it("keeps the grades given before it ends", async () => {
    const [good, exit] = ["score 1", "exit"].map((text) => ({ id: "known", path: csvWith(text) }));
    await expect(gradeAll(good!, exit!, good!)).resolves.toMatchObject([
      { kind: "report", report: { score: 1 } },
      none(/did not answer: exit code 3/),
      none(/did not answer: exit code 3/),
    ]);
  });

  it("never shows what it prints", () => {
    const submissions = ["break", "exit"].map((text) => ({ id: "known", path: csvWith(text) }));
    const program = `import { gradeByMleBench } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
      const { submissions, createdAt, ...rest } = ${JSON.stringify({ ...grading, submissions, signal: undefined })};
      const signal = new AbortController().signal;
      console.log(await gradeByMleBench(submissions, { ...rest, createdAt: new Date(createdAt), signal }));`;
    const options = ["--conditions=@aide-ts/source", "--input-type=module", "--eval", program];
    const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: "utf8", cwd: import.meta.dirname });
    expect(stdout).toContain("exit code 3");
    expect(stdout + stderr).not.toMatch(new RegExp(`${label}|noise`));
  });

  it("is ended with all that it started when it takes too long", async () => {
    const pid = join(dataRoot({}), "pid");
    const [good, slow] = ["score 1", `sleep ${pid}`].map((text) => ({ id: "known", path: csvWith(text) }));
    await expect(gradeByMleBench([good!, slow!], { ...grading, timeoutMs: 2000 })).resolves.toMatchObject([
      { kind: "report" },
      none(/longer than 2 s/),
    ]);
    await expect.poll(() => isAlive(Number(readFileSync(pid, "utf8")))).toBe(false);
  });

  it("is ended when nobody waits any more", async () => {
    const pid = join(dataRoot({}), "pid");
    const stop = new AbortController();
    const graded = gradeByMleBench([{ id: "known", path: csvWith(`sleep ${pid}`) }], {
      ...grading,
      signal: stop.signal,
    });
    const rejected = expect(graded).rejects.toBe("enough");
    while (!existsSync(pid)) await after(20);
    stop.abort("enough");
    await rejected;
    await expect.poll(() => isAlive(Number(readFileSync(pid, "utf8")))).toBe(false);
  });

  it.each([
    [
      "a Python without it",
      programIn(dataRoot({}), "python3", '#!/bin/sh\nexec python3 -I "$@"\n'),
      /cannot import MLE-bench: No module named 'mlebench'/,
    ],
    ["no Python", join(tmpdir(), "no-such-python"), /did not answer: .*ENOENT/],
    ["another program", "/bin/true", /did not answer\./],
  ])("is not there with %s", async (_, other, problem) => {
    const submission = { id: "known", path: csvWith("score 1") };
    await expect(gradeByMleBench([submission], { ...grading, python: other })).resolves.toEqual([none(problem)]);
  });

  it("is asked first, and found by its program", async () => {
    const bin = dataRoot({});
    programIn(bin, "mlebench", `#!${python}\nimport mlebench\n`);
    const submission = { id: "known", path: csvWith("score 1") };
    const { python: _, ...rest } = grading;
    const graded = await gradeMleBench([submission], { ...rest, searchPath: `/nowhere:${bin}` });
    expect(graded).toMatchObject([{ kind: "report", by: "mlebench" }]);
  });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // One that has ended may still wait to be collected.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

describe("the Python of mlebench", () => {
  const found = (text: string, more: Readonly<Record<string, string>> = {}) => {
    const bin = dataRoot({});
    programIn(bin, "mlebench", text);
    for (const [name, content] of Object.entries(more)) programIn(bin, name, content);
    return findMleBenchPython(bin).then((path) => path?.replace(bin, "BIN"));
  };

  it.each([
    ["#!/opt/venv/bin/python\nimport re", "/opt/venv/bin/python"],
    ["#!/opt/a venv/bin/python3.12\n", "/opt/a venv/bin/python3.12"],
    ["#! /usr/bin/python3 \n", "/usr/bin/python3"],
    [`#!/bin/sh\n'''exec' "/a/very long/bin/python3" "$0" "$@"\n' '''\n`, "/a/very long/bin/python3"],
    [`#!/bin/sh\n'''exec' /a/very/long/bin/python "$0" "$@"\n' '''\n`, "/a/very/long/bin/python"],
    ["#!/usr/bin/env python3\n", "BIN/python3"],
    ["#!/bin/sh\necho hello\n", undefined],
    ["MZ\u0090", undefined],
    ["", undefined],
  ])("in %j is %s", async (text, path) => {
    await expect(found(text, { python3: "" })).resolves.toBe(path);
  });

  it("is none without the program", async () => {
    await expect(findMleBenchPython(`:${root}:/nowhere`)).resolves.toBeUndefined();
  });
});
