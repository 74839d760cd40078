import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "@aide-ts/repair-bench";
import { describe, expect, it } from "vitest";
import { aide, block, fixtures, freshFolder } from "./aide.ts";

/** Hands in a constant, whatever the task. */
const constant = `
import csv
train, test = [list(csv.DictReader(open(f"./input/{name}.csv"))) for name in ("train", "test")]
target = next(column for column in train[0] if column not in test[0])
id = next(iter(test[0]))
try:
    value = sum(float(row[target]) for row in train) / len(train)
except ValueError:
    value = 0.5
with open("./submission/submission.csv", "w", newline="") as file:
    csv.writer(file).writerows([[id, target], *([row[id], value] for row in test)])
`;

const config = (answers: readonly (string | { readonly error: string })[]): string => {
  const root = freshFolder();
  const backend = { use: join(fixtures, "scripted-plugin.mjs"), answers };
  writeFileSync(join(root, "bench.yaml"), `backend: ${JSON.stringify(backend)}\n`);
  return root;
};

const rowsIn = (root: string): readonly Row[] =>
  readFileSync(join(root, "logs/repair-bench/rows.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const seedsIn = (root: string, name: string): readonly number[] =>
  readFileSync(join(root, `logs/repair-bench/cells/${name}/resample.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ type, kind }) => type === "effect-started" && kind === "generate")
    .map(({ details }) => details.seed);

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

  // Which of three is done first is chance: once in a while they are done in order.
  it("works on as many drafts at a time as there are slots, to the same rows", { retry: 2 }, async () => {
    const asked = [
      "bench",
      "repair",
      "bench.yaml",
      "--only",
      "static-repair,resample",
      "--cases",
      "hitters-01,hitters-02,hitters-03",
    ];
    const [one, three] = await Promise.all(
      [1, 3].map(async (slots) => {
        const root = config([block(constant)]);
        const { code } = await aide([...asked, `slots=${slots}`], root);
        expect(code).toBe(0);
        const tables = readFileSync(join(root, "logs/repair-bench/repair.md"), "utf8");
        return { tables, rows: rowsIn(root).map(({ seconds: _, ...row }) => row) };
      }),
    );
    expect(three?.rows).toHaveLength(6);
    expect(new Set(three?.rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set(one?.rows.map((row) => JSON.stringify(row))),
    );
    expect(three?.rows.map(({ case: name }) => name)).not.toEqual(one?.rows.map(({ case: name }) => name));
    expect(three?.tables).toBe(one?.tables);
  });

  it("draws anew for each draft, though all drafts of a task ask the same", async () => {
    const root = config(["I do not know."]);
    const { code } = await aide(
      ["bench", "repair", "bench.yaml", "--only", "resample", "--cases", "hitters-01,hitters-02"],
      root,
    );
    expect(code).toBe(0);
    const [one, two] = ["hitters-01", "hitters-02"].map((name) => seedsIn(root, name));
    expect(one?.length).toBeGreaterThan(1);
    expect(new Set([...(one ?? []), ...(two ?? [])]).size).toBe((one?.length ?? 0) * 2);
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

  it("makes no row of a cell that failed, and makes it the next time", async () => {
    const root = config([{ error: "the model fell over" }, block(constant)]);
    const asked = ["bench", "repair", "bench.yaml", "--only", "resample,edit-without-critique", "--cases", "1"];
    const first = await aide(asked, root);
    expect(first.out).toMatch(
      /^1\/2 \S+-01 +edit-without-critique +failed: backend "scripted-plugin" threw in generate: the model fell over\.$/m,
    );
    expect(first.out).toContain("1 cell failed, and the tables are without it.");
    expect(first.code).toBe(1);
    expect(rowsIn(root).map(({ arm }) => arm)).toEqual(["resample"]);

    writeFileSync(
      join(root, "bench.yaml"),
      readFileSync(join(root, "bench.yaml"), "utf8").replace(/\{"error.*?\},/, ""),
    );
    expect((await aide(asked, root)).code).toBe(0);
    expect(rowsIn(root).map(({ arm }) => arm)).toEqual(["resample", "edit-without-critique"]);
  });

  it("does not take an older row for that of a cell that failed", async () => {
    const root = config([block(constant)]);
    const asked = ["bench", "repair", "bench.yaml", "--only", "resample", "--cases", "1"];
    expect((await aide(asked, root)).out).toContain("| resample | 1 of 1 |");
    const text = readFileSync(join(root, "bench.yaml"), "utf8");
    writeFileSync(join(root, "bench.yaml"), text.replace(/"answers":.*\}/, '"answers":[{"error":"gone"}]}'));
    const { out, code } = await aide([...asked, "seed=7"], root);
    expect(out).not.toContain("1 of 1");
    expect(out).toContain("1 cell failed, and the tables are without it.");
    expect(code).toBe(1);
  });

  it("ends when three cells fail in a row", async () => {
    const root = config([{ error: "the model fell over" }]);
    const { err, code } = await aide(["bench", "repair", "bench.yaml", "--only", "resample", "--cases", "9"], root);
    expect(err).toContain("the model fell over");
    expect(code).toBe(2);
    expect(() => rowsIn(root)).toThrow("ENOENT");
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
