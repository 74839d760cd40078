import { mkdtempSync, readFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layOutFinal, type PrepareOptions, type RoleHints } from "../src/index.ts";
import { hintsOf, openReader, prepareFolder, writeFiles, type Opened } from "./folder.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openReader();
});
afterAll(() => opened[Symbol.asyncDispose]());

const prepare = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<PrepareOptions> = {},
  words = "predict",
  more: Partial<RoleHints> = {},
) => {
  const source = mkdtempSync(join(tmpdir(), "aide-layout-"));
  await writeFiles(source, files);
  const prepared = await prepareFolder(
    opened.reader,
    source,
    mkdtempSync(join(tmpdir(), "aide-laid-")),
    hintsOf(words, more),
    options,
  );
  return { ...prepared, source, read: (name: string) => readFileSync(join(prepared.input, name), "utf8") };
};

const lines = (text: string): readonly string[] => text.trimEnd().split(/\r?\n/);
const table = (header: string, line: (at: number) => string, count: number): string =>
  `${header}\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

const houses = {
  "train.csv": table("Id,Area,Note,Price", (at) => `${at + 1},${at % 9},"a, ""b""",${1000 + at}`, 100),
  "test.csv": table("Id,Area,Note", (at) => `${at + 500},${at % 9},plain`, 30),
  "sample_submission.csv": table("Id,Price", (at) => `${at + 500},7`, 30),
};

describe("rows are held back", () => {
  it("from train, and join the test rows without their labels", async () => {
    const { data, read } = await prepare(houses);
    const [train, test] = [lines(read("train.csv")), lines(read("test.csv"))];
    expect(train).toHaveLength(81);
    expect(test).toHaveLength(51);
    expect(data.heldOut?.truth.size).toBe(20);
    expect(data.submission?.keys).toHaveLength(50);
    for (const [key, [price]] of data.heldOut!.truth) {
      expect(train.some((line) => line.startsWith(`${key},`))).toBe(false);
      expect(test.some((line) => line.startsWith(`${key},`))).toBe(true);
      expect(Number(price)).toBe(999 + Number(key));
    }
    expect(lines(read("sample_submission.csv")).map((line) => line.split(",")[0])).toEqual([
      "Id",
      ...data.submission!.keys,
    ]);
  });

  it("and stand anywhere among the user's own, which keep their order", async () => {
    const { data } = await prepare(houses);
    const { truth } = data.heldOut!;
    const isHeld = data.submission!.keys.map((key) => truth.has(key));
    expect(isHeld.filter((held, at) => at > 0 && held !== isHeld[at - 1]).length).toBeGreaterThan(10);
    const own = data.submission!.keys.filter((key) => !truth.has(key));
    expect(own).toEqual(Array.from({ length: 30 }, (_, at) => String(at + 500)));
  });

  it("with every byte of the rows as it was, quotes, encoding and line ends too", async () => {
    const train = table("Id;Größe;y", (at) => `${at};"Zür""ich; ${at}";${at % 7},5`, 60).replaceAll("\n", "\r\n");
    const test = table("Id;Größe", (at) => `${at + 200};Genève`, 10).replaceAll("\n", "\r\n");
    const latin = { "train.csv": Buffer.from(train, "latin1"), "test.csv": Buffer.from(test, "latin1") };
    const { input, roles } = await prepare(latin, {}, "predict y");
    expect(roles.train[0].args).toEqual({ sep: ";", decimal: ",", encoding: "latin-1" });
    const written = readFileSync(join(input, "train.csv"), "latin1");
    expect(written).toMatch(/\r\n$/);
    for (const line of lines(written)) expect(train).toContain(`${line}\r\n`);
    // A held row keeps its bytes too, except for the target.
    for (const line of lines(readFileSync(join(input, "test.csv"), "latin1")))
      expect(test.includes(`${line}\r\n`) || train.includes(`${line};`)).toBe(true);
  });

  it("by the seed: the same again, others for another", async () => {
    const keys = async (seed: number) => [...(await prepare(houses, { seed })).data.heldOut!.truth.keys()];
    expect(await keys(1)).toEqual(await keys(1));
    expect(await keys(1)).not.toEqual(await keys(2));
  });

  it("under fresh ids where theirs are taken, or where the training rows have none", async () => {
    const counted = (text: string) => text.replaceAll(/^(\d+),/gm, (_, id) => `${Number(id) - 499},`);
    const { data } = await prepare({
      ...houses,
      "test.csv": counted(houses["test.csv"]),
      "sample_submission.csv": counted(houses["sample_submission.csv"]),
    });
    expect(new Set(data.submission!.keys).size).toBe(50);
    expect(data.finalSubmission?.keys).toHaveLength(30);
    const without = await prepare({
      "train.csv": table("a,y", (at) => `${at % 7},${at % 2}`, 60),
      "test.csv": table("row,a", (at) => `${at},${at % 7}`, 20),
      "sample.csv": table("row,y", (at) => `${at},0`, 20),
    });
    expect(without.data.submission!.id).toEqual(["row"]);
    expect([...without.data.heldOut!.truth.keys()].every((key) => Number(key) >= 20)).toBe(true);
  });

  it("as the whole test file where the user has none, beside a file that is called so", async () => {
    const { data, read, input } = await prepare({ "homes.csv": houses["train.csv"] }, {}, "Predict the price");
    expect(lines(read("test.csv"))).toHaveLength(21);
    expect(lines(read("test.csv"))[0]).toBe("Id,Area,Note");
    expect(existsSync(join(input, "sample_submission.csv"))).toBe(false);
    expect(data.submission!.columns).toEqual(["Id", "Price"]);
    expect(data.finalSubmission).toBeUndefined();
  });

  it("of each class its share, and of rare ones together", async () => {
    const label = (at: number) => (at % 10 === 0 ? "rare" : at < 4 ? `once ${at}` : "common");
    const { data } = await prepare(
      { "train.csv": table("id,x,y", (at) => `${at},${at},${label(at)}`, 200), "test.csv": "id,x\n900,1\n" },
      { classes: true },
      "predict y",
    );
    const held = [...data.heldOut!.truth.values()].map(([one]) => one);
    expect(held.filter((one) => one === "rare")).toHaveLength(4);
    expect(held.filter((one) => one?.startsWith("once"))).toHaveLength(1);
    expect(data.classes).toContain("once 1");
  });

  it("not at all where there are too few, and a few where there are few", async () => {
    const of = (rows: number) =>
      prepare({ "train.csv": table("id,x,y", (at) => `${at},${at},${at * 2}`, rows), "test.csv": "id,x\n900,1\n" });
    expect((await of(8)).data.heldOut).toBeUndefined();
    expect((await of(30)).data.heldOut!.truth.size).toBe(6);
    expect((await of(12)).data.heldOut!.truth.size).toBe(5);
  });

  it("never those without a label; of several targets a row counts where one is known", async () => {
    const { data } = await prepare({
      "train.csv": table("id,x,y", (at) => `${at},${at},${at < 40 ? "" : at * 3}`, 100),
      "test.csv": "id,x\n900,1\n",
    });
    expect([...data.heldOut!.truth.values()].every(([label]) => label !== "")).toBe(true);
    expect(data.labelled).toBe(60);
    const two = await prepare({
      "train.csv": table("id,x,u,v", (at) => `${at},${at % 11},${at * 2},${at % 3 === 0 ? "" : at * 5}`, 90),
      "test.csv": table("id,x", (at) => `${at + 100},1`, 9),
      "sample.csv": table("id,u,v", (at) => `${at + 100},0,0`, 9),
    });
    expect([...two.data.heldOut!.truth.values()].some(([u, v]) => u !== "" && v === "")).toBe(true);
  });
});

describe("like the test rows differ from the training rows", () => {
  const day = (at: number) => new Date(Date.UTC(2021, 0, 1 + at)).toISOString().slice(0, 10);

  it("the latest rows are held back where the test rows come later", async () => {
    const files = {
      "train.csv": table("when,x,y", (at) => `${day((at * 7) % 100)},${at},${at % 5}.5`, 100),
      "test.csv": table("when,x", (at) => `${day(at + 100)},${at}`, 20),
    };
    const { data, read } = await prepare(files, {}, "predict y");
    expect(data.split).toMatchObject({ by: "time", column: "when" });
    const dates = lines(read("train.csv"))
      .slice(1)
      .map((line) => line.split(",")[0] ?? "");
    expect(dates).toHaveLength(80);
    expect(dates.toSorted().at(-1)).toBe(day(79));
    expect(data.heldOut!.truth.size).toBe(20);
    expect((await prepare(files, { split: { by: "random" } }, "predict y")).data.split.by).toBe("random");
  });

  it("whole entities are held back where the test rows have others", async () => {
    const files = {
      "train.csv": table("patient_id,x,y", (at) => `${Math.floor(at / 5)},${at},${at % 5}.5`, 100),
      "test.csv": table("patient_id,x", (at) => `${Math.floor(at / 5) + 50},${at}`, 20),
    };
    const { data, read } = await prepare(files, {}, "predict y");
    expect(data.split).toMatchObject({ by: "group", column: "patient_id" });
    const patients = (name: string) =>
      new Set(
        lines(read(name))
          .slice(1)
          .map((line) => line.split(",")[0]),
      );
    const [train, test] = [patients("train.csv"), patients("test.csv")];
    expect([...train].filter((one) => test.has(one))).toEqual([]);
  });

  it("at random again where the latest rows are all of one class", async () => {
    const { data } = await prepare(
      {
        "train.csv": table("when,x,y", (at) => `${day(at)},${at},${at < 60 ? "a" : "b"}`, 100),
        "test.csv": table("when,x", (at) => `${day(at + 100)},${at}`, 20),
      },
      { classes: true },
      "predict y",
    );
    expect(data.split).toMatchObject({ by: "random", why: expect.stringContaining("one class") });
  });
});

describe("no held-back label is in reach", () => {
  const labels = table("id,status", (at) => `${at},${["ok", "broken"][at % 2]}`, 80);
  const features = (from: number, count: number) =>
    table("id,height", (at) => `${at + from},${(at * 37) % 101}`, count);

  it("in a test file that has the target too: the column goes, in the search and in the final run", async () => {
    const { data, read, source } = await prepare(
      {
        "train.csv": table("id,x,y", (at) => `${at},${(at * 31) % 17},${["u", "w"][at % 2]}`, 80),
        "test.csv": table("id,y,x", (at) => `${at + 100},${["u", "w"][at % 2]},${(at * 31) % 17}`, 20),
      },
      { classes: true },
      "predict y",
    );
    expect(lines(read("test.csv"))[0]).toBe("id,x");
    expect(lines(read("test.csv"))).toHaveLength(37);
    expect(data.notes.join("\n")).toContain("test.csv has y too");
    await layOutFinal(opened.reader, data.finalPlan!);
    const final = String(data.finalPlan!["final"]);
    expect(lines(readFileSync(join(final, "test.csv"), "utf8"))[0]).toBe("id,x");
    expect(readFileSync(join(final, "train.csv"), "utf8")).toBe(readFileSync(join(source, "train.csv"), "utf8"));
  });

  it("in labels that lie apart: they leave with the features", async () => {
    const { data, read } = await prepare(
      {
        "train_values.csv": features(0, 80),
        "train_labels.csv": labels,
        "test_values.csv": features(200, 20),
      },
      { classes: true },
    );
    const held = [...data.heldOut!.truth.keys()];
    const ids = (name: string) =>
      lines(read(name))
        .slice(1)
        .map((line) => line.split(",")[0] ?? "");
    for (const name of ["train_values.csv", "train_labels.csv"])
      expect(ids(name).filter((id) => held.includes(id))).toEqual([]);
    expect(ids("test_values.csv").filter((id) => held.includes(id))).toHaveLength(16);
  });

  describe("among small whole numbers, which coincide", () => {
    // As in scikit-learn's table of diabetes: a measurement lies in the range of a target that hardly repeats.
    const measured = (at: number) => 58 + ((at * 31) % 66);
    const target = (at: number) => 25 + ((at * 7919) % 322);
    const train = table("id,s6,y", (at) => `${at},${measured(at)},${target(at)}`, 340);
    const test = table("id,s6", (at) => `${at + 1000},${measured(at)}`, 60);

    it.each([1, 2, 3, 4, 5, 6])("are no labels in a feature, whatever rows are held back: seed %i", async (seed) => {
      const { data } = await prepare({ "train.csv": train, "test.csv": test }, { seed });
      expect(data.heldOut?.truth.size).toBe(68);
    });

    it("are labels where a file has all of them in another order, or those that are held back", async () => {
      const { data } = await prepare({ "train.csv": train, "test.csv": test }, { seed: 1 });
      const held = [...data.heldOut!.truth.values()].map(([label]) => label);
      const all = Array.from({ length: 340 }, (_, at) => target(at)).toSorted((a, b) => a - b);
      const files = { "train.csv": train, "test.csv": test };
      for (const values of [all, held.toSorted()]) {
        const beside = await prepare({ ...files, "values.csv": `v\n${values.join("\n")}\n` }, { seed: 1 });
        expect(beside.data.notes.join("\n")).toMatch(/values\.csv reveals the target/);
      }
    });
  });

  it("in copies of the table, packed, nested, in other formats: they lose the rows or stay out", async () => {
    const train = table("id,height,width,y", (at) => `${at},${(at * 37) % 101},${at % 5},${(at * 7919) % 1009}.25`, 80);
    const source = mkdtempSync(join(tmpdir(), "aide-copies-"));
    await writeFiles(source, {
      "train.csv": train,
      "test.csv": table("id,height,width", (at) => `${at + 100},${(at * 37) % 101},${at % 5}`, 20),
      "old/full.csv": train,
      "shuffled.tsv": `id\ty\n${lines(train)
        .slice(1)
        .toReversed()
        .map((line) => line.split(","))
        .map(([id, , , y]) => `${id}\t${y}`)
        .join("\n")}\n`,
      "answers.json": JSON.stringify(
        Object.fromEntries(
          lines(train)
            .slice(1)
            .map((line) => [line.split(",")[0], Number(line.split(",")[3])]),
        ),
      ),
      "notes.md": `A row as it came: \n${lines(train).slice(1).join("\n")}\nThat is all.\n`,
    });
    execFileSync(
      "python3",
      [
        "-c",
        `
import sqlite3, csv, gzip, zipfile, pickle
rows = list(csv.DictReader(open("train.csv")))
base = sqlite3.connect("data.sqlite"); base.execute("create table t (id int, y real)")
base.executemany("insert into t values (?, ?)", [(r["id"], r["y"]) for r in rows]); base.commit(); base.close()
open("labels.csv.bak.gz", "wb").write(gzip.compress(open("train.csv", "rb").read()))
pickle.dump(rows, open("rows.pkl", "wb"))
`,
      ],
      { cwd: source },
    );
    const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
    const { data, input } = await prepareFolder(opened.reader, source, target, hintsOf("predict y"));
    const held = [...data.heldOut!.truth.keys()];
    expect(held).toHaveLength(16);
    for (const name of ["old/full.csv", "shuffled.tsv"]) {
      const ids = lines(readFileSync(join(input, name), "utf8"))
        .slice(1)
        .map((line) => line.split(/[,\t]/)[0]);
      expect(ids.filter((id) => held.includes(id ?? ""))).toEqual([]);
      expect(ids).toHaveLength(64);
    }
    for (const name of ["answers.json", "notes.md", "data.sqlite", "labels.csv.bak.gz", "rows.pkl"])
      expect(existsSync(join(input, name)), name).toBe(false);
    for (const name of [
      "full.csv",
      "shuffled.tsv",
      "answers.json",
      "notes.md",
      "data.sqlite",
      "labels.csv.bak.gz",
      "rows.pkl",
    ])
      expect(data.notes.join("\n")).toContain(name);
  });

  it("in a column that is the target under another name: that is refused, unless it is allowed or dropped", async () => {
    const files = {
      "titanic.csv": table(
        "id,age,alive,survived",
        (at) => `${at},${(at * 37) % 70},${["no", "yes"][((at * 7) % 3) % 2]},${((at * 7) % 3) % 2}`,
        120,
      ),
    };
    const refused = prepare(files, { classes: true }, "Predict who survived");
    await expect(refused).rejects.toMatchObject({
      code: "AIDE_LABEL_LEAK",
      facts: { file: "test.csv", column: "alive" },
    });
    const allowed = await prepare(files, { classes: true, allowed: ["alive"] }, "Predict who survived");
    expect(lines(allowed.read("test.csv"))[0]).toBe("id,age,alive");
    const dropped = await prepare(files, { classes: true, dropped: ["alive"] }, "Predict who survived");
    expect(lines(dropped.read("test.csv"))[0]).toBe("id,age");
    expect(lines(dropped.read("titanic.csv"))[0]).toBe("id,age,survived");
  });

  it("and a column that agrees with it now and then is shown and stays", async () => {
    const { data, read } = await prepare(
      {
        "data.csv": table(
          "id,age,guess,y",
          (at) => `${at},${(at * 37) % 70},${at % 20 === 0 ? 1 - (at % 2) : at % 2},${at % 2}`,
          400,
        ),
      },
      { classes: true },
      "Predict y",
    );
    expect(lines(read("data.csv"))[0]).toBe("id,age,guess,y");
    expect(data.notes.join("\n")).toMatch(/guess in test.csv agrees with y on \d+ of 80 held-back rows: no copy of it/);
  });
});

describe("typed tables keep their types", () => {
  const build = (code: string, cwd: string) => execFileSync(opened.python, ["-c", code], { cwd });

  it.each(["parquet", "xlsx", "jsonl", "json"])("%s", async (format) => {
    const source = mkdtempSync(join(tmpdir(), "aide-typed-"));
    build(
      `
import pandas as pd
train = pd.DataFrame({"id": range(60), "when": pd.date_range("2020-01-01", periods=60), "flag": [at % 2 == 0 for at in range(60)], "size": [at / 4 for at in range(60)], "word": ["ä" if at % 3 else None for at in range(60)], "y": [at * 1.5 for at in range(60)]})
test = train.drop(columns="y").assign(id=range(100, 160)).head(20)
for name, frame in (("train", train), ("test", test)):
    {"parquet": lambda: frame.to_parquet(f"{name}.parquet"), "xlsx": lambda: frame.to_excel(f"{name}.xlsx", index=False), "jsonl": lambda: frame.to_json(f"{name}.jsonl", orient="records", lines=True, date_format="iso"), "json": lambda: frame.to_json(f"{name}.json", orient="records", date_format="iso")}["${format}"]()
`,
      source,
    );
    const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
    const { data, input } = await prepareFolder(opened.reader, source, target, hintsOf("predict y"));
    expect(data.heldOut!.truth.size).toBe(12);
    const printed = build(
      `
import pandas as pd
read = {"parquet": pd.read_parquet, "xlsx": pd.read_excel, "json": pd.read_json, "jsonl": lambda path: pd.read_json(path, lines=True)}["${format}"]
for name, rows in (("train", 48), ("test", 32)):
    before, now = read(f"${source}/{name}.${format}"), read(f"${input}/{name}.${format}")
    assert len(now) == rows, (name, len(now))
    assert list(now.columns) == list(before.columns), (list(now.columns), list(before.columns))
    assert list(now.dtypes) == list(before.dtypes), (now.dtypes, before.dtypes)
whole, held = read("${source}/train.${format}").set_index("id"), read("${input}/test.${format}").set_index("id")
held = held[held.index < 100]
assert held.equals(whole.loc[held.index, held.columns]), (held.head(), whole.loc[held.index].head())
print("as they were")
`,
      target,
    );
    expect(String(printed)).toContain("as they were");
  });
});
