import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aide, freshFolder, runFolder } from "./aide.ts";
import { readCases, runCase } from "./cases.ts";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";

const cases = readCases().filter(({ answered }) => answered.length > 0);

describe("the script of functions, on input folders as people have them", { timeout: 180_000 }, () => {
  it.concurrent.each(cases)("$name", async (one) => {
    const [answered = "script"] = one.answered;
    const { code, out, err, score, submission } = await runCase(one, answered, [
      "coder.form=defaults",
      "strategies=[]",
    ]);
    expect({ err, code, out: code === 0 ? "" : out }).toEqual({ err: "", code: 0, out: "" });
    expect(out).not.toContain("it does not work on these data");
    expect(score).toBeTypeOf("number");
    if (one.expected.header !== undefined) expect(submission[0]).toBe(one.expected.header);
    if (one.expected.rows !== undefined) expect(submission.slice(1)).toHaveLength(one.expected.rows);
  });
});

describe("the script of functions, on images", { timeout: 180_000 }, () => {
  it.each([
    ["named by a column, with their folder", "pictures", "picture", "pictures/"],
    ["named by the id, without it", "pictures/all", "id", ""],
  ])("tells them apart by their pixels, %s", async (_how, folder, named, before) => {
    const root = freshFolder();
    execFileSync(await findScriptsPython(), [join(import.meta.dirname, "fixtures/bars.py"), folder], { cwd: root });
    const name = (at: number): string => `${before}${at}.png`;
    const row = (at: number): string => (named === "id" ? name(at) : `${at},${name(at)}`);
    const header = named === "id" ? "id" : "id,picture";
    const numbers = Array.from({ length: 200 }, (_, at) => at);
    const lines = (rows: readonly string[]): string => `${rows.join("\n")}\n`;
    writeFileSync(
      join(root, "train.csv"),
      lines([`${header},bar`, ...numbers.map((at) => `${row(at)},${at % 2 === 0 ? "upright" : "flat"}`)]),
    );
    writeFileSync(join(root, "test.csv"), lines([header, ...numbers.slice(180).map((at) => row(at + 1000))]));
    const run = ["run", "data_dir=.", "goal=Predict the bar", "eval=accuracy", "coder.form=defaults", "strategies=[]"];
    const { code, err } = await aide([...run, "budget.steps=1", "log_dir=logs"], root);
    expect({ err, code }).toEqual({ err: "", code: 0 });
    const { nodes } = JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8"));
    expect(nodes[0].metric.value).toBeGreaterThan(0.9);
    const submission = readFileSync(join(runFolder(root), "best_submission.csv"), "utf8")
      .trim()
      .split("\n");
    expect(submission).toHaveLength(21);
  });
});

describe("the script of functions, on sentences", { timeout: 180_000 }, () => {
  it("tells them apart by their words, in the folder of the data itself", async () => {
    const root = freshFolder();
    const words = ["the", "parcel", "came", "on", "friday", "and", "it", "was", "left", "with", "neighbours", "again"];
    const sentence = (at: number, label: string): string => {
      const some = Array.from({ length: 7 }, (_, word) => words[(at * 7 + word * (1 + (at % 5))) % words.length]);
      return some.toSpliced(at % 6, 0, label === "good" ? "splendid" : "dreadful").join(" ");
    };
    const rows = Array.from({ length: 300 }, (_, at) => {
      const label = (at * 37) % 100 < 50 ? "good" : "bad";
      return { text: `${at},${sentence(at, label)}`, label };
    });
    writeFileSync(
      join(root, "train.csv"),
      `id,review,opinion\n${rows.map(({ text, label }) => `${text},${label}`).join("\n")}\n`,
    );
    writeFileSync(
      join(root, "test.csv"),
      `id,review\n${rows
        .slice(0, 20)
        .map(({ text }) => text)
        .join("\n")}\n`,
    );
    const { code, err } = await aide(
      [
        "run",
        "data_dir=.",
        "goal=Predict the opinion",
        "eval=accuracy",
        "coder.form=defaults",
        "strategies=[]",
        "budget.steps=2",
        "log_dir=logs",
      ],
      root,
    );
    expect({ err, code }).toEqual({ err: "", code: 0 });
    const script = readFileSync(join(runFolder(root), "best_solution.py"), "utf8");
    expect(script).toContain('in ["review"]');
    const { nodes } = JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8"));
    expect(nodes[1].metric.value).toBeGreaterThan(0.95);
  });
});
