import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, fixtures, freshFolder } from "./aide.ts";

/** Hands in a constant, whatever the task. */
const constant = `
import pandas as pd
train, test = pd.read_csv("./input/train.csv"), pd.read_csv("./input/test.csv")
target = [column for column in train.columns if column not in test.columns][0]
value = train[target].mean() if train[target].dtype != object else 0.5
pd.DataFrame({test.columns[0]: test.iloc[:, 0], target: value}).to_csv("./submission/submission.csv", index=False)
`;

const config = (answers: readonly string[]): string => {
  const root = freshFolder();
  const backend = { use: join(fixtures, "scripted-plugin.mjs"), answers };
  writeFileSync(join(root, "bench.yaml"), `backend: ${JSON.stringify(backend)}\n`);
  return root;
};

const rowsIn = (root: string): readonly { readonly arm: string; readonly outcome: string }[] =>
  readFileSync(join(root, "logs/repair-bench/rows.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("aide bench repair", { timeout: 240_000 }, () => {
  it("works every arm on the same drafts, and goes on where it was", async () => {
    const root = config([block(constant)]);
    const asked = ["bench", "repair", "bench.yaml", "--only", "static-repair,resample,edit-without-critique"];
    const first = await aide([...asked, "--cases", "1"], root);
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    expect(rowsIn(root)).toHaveLength(3);
    expect(rowsIn(root).find(({ arm }) => arm === "resample")?.outcome).toBe("fixed");

    const { out, code } = await aide([...asked, "--cases", "2"], root);
    expect(code).toBe(0);
    expect(rowsIn(root)).toHaveLength(6);
    expect(out).toContain("| resample | 2 of 2 |");
    expect(out).toMatch(/^4\/6 \S+-02 +static-repair /m);
    expect(out).toMatch(/\| strategy \| beside resample \| beside edit-without-critique \|/);
    expect(readFileSync(join(root, "logs/repair-bench/repair.md"), "utf8")).toContain("## By kind of failure");
  });

  it("takes arms of one's own", async () => {
    const root = config(["I do not know."]);
    writeFileSync(join(root, "mine.yaml"), "again: [{ use: resample, samples: 2 }]\n");
    const { out, code } = await aide(
      ["bench", "repair", "bench.yaml", "--arms", "mine.yaml", "--cases", "hitters-06"],
      root,
    );
    expect(code).toBe(0);
    expect(out).toContain("| again | 0 of 1 |");
    expect(rowsIn(root)).toMatchObject([
      { case: "hitters-06", arm: "again", outcome: "not-fixed", noted: "still-broken", calls: 2 },
    ]);
  });

  it.each([
    [["bench"], "`aide bench` needs a bench."],
    [["bench", "speed"], 'There is no bench "speed".'],
    [["bench", "repair", "--cases", "0"], "--cases 0 is neither a number of drafts nor the beginning of a name."],
    [["bench", "repair", "--only", "reflect"], 'There is no arm "reflect".'],
    [["bench", "repair", "--arms", "none.yaml"], "There is no config file"],
  ])("says what is wrong with %j", async (args, message) => {
    const { err, code } = await aide(args, config([]));
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
