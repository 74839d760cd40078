import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectDataset, type PrepareOptions } from "../src/index.ts";
import { hintsOf, openReader, prepareFolder, writeFiles, type Opened } from "./folder.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openReader([tmpdir()]);
});
afterAll(() => opened[Symbol.asyncDispose]());

const prepared = async (
  files: Readonly<Record<string, string>>,
  words: string,
  options: Partial<PrepareOptions> = {},
  write: (folder: string) => void = () => undefined,
) => {
  const source = mkdtempSync(join(tmpdir(), "aide-unusual-"));
  await writeFiles(source, files);
  write(source);
  const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
  const { roles, data } = await prepareFolder(opened.reader, source, target, hintsOf(words), options);
  return { roles, data, files: Object.fromEntries(roles.files.map(({ path, role }) => [path, role])) };
};

const rows = (header: string, line: (at: number) => string, count = 60): string =>
  `${header}\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

const noise = (at: number): number => (at * 7919) % 1009;

describe("tables of one column", () => {
  it.each<[string, string, (at: number) => string]>([
    ["words", "voice.part", (at) => ["Alto 1", "Alto 2", "Bass 1"][at % 3]!],
    [
      "several words",
      "Species",
      (at) => ["Adelie Penguin (Pygoscelis adeliae)", "Gentoo penguin (Pygoscelis papua)"][at % 2]!,
    ],
  ])("labels of %s, beside one feature", async (_, name, label) => {
    const { files, roles, data } = await prepared(
      {
        "X_train.csv": rows("height", (at) => String(noise(at))),
        "y_train.csv": rows(name, label),
        "X_test.csv": rows("height", (at) => String(noise(at + 60)), 20),
      },
      "predict",
      { classes: true },
    );
    expect(files).toEqual({ "X_train.csv": "train", "y_train.csv": "labels", "X_test.csv": "test" });
    expect(roles.targets).toEqual([name]);
    expect(data.classes).toContain(label(0));
  });

  it.each([
    ["decimal commas", "txt", (at: number) => `4,${10 + at}`, ";"],
    ["numbers in a text file", "txt", (at: number) => String(noise(at)), ";"],
  ])("test rows: %s", async (_, ending, value, sep) => {
    const { files } = await prepared(
      {
        [`train.${ending}`]: rows(`weight${sep}group`, (at) => `${value(at)}${sep}${at % 3}`),
        [`test.${ending}`]: rows("weight", value, 20),
      },
      "predict group",
    );
    expect(files).toEqual({ [`train.${ending}`]: "train", [`test.${ending}`]: "test" });
  });

  it("test rows: JSON lines", async () => {
    const { files } = await prepared(
      {
        "train.jsonl": Array.from({ length: 60 }, (_, at) => JSON.stringify({ a: noise(at), y: at % 2 })).join("\n"),
        "test.jsonl": Array.from({ length: 20 }, (_, at) => JSON.stringify({ a: noise(at + 60) })).join("\n"),
      },
      "predict y",
    );
    expect(files).toEqual({ "train.jsonl": "train", "test.jsonl": "test" });
  });
});

describe("features in two tables", () => {
  const joined = (key: string, name: (at: number) => string) => ({
    "train_main.csv": rows(`${key},a,b,fraud`, (at) => `${name(at)},${noise(at)},${at % 7},${at % 2}`),
    "train_extra.csv": rows(`${key},c,d`, (at) => `${name(at)},${at % 11},${noise(at + 7)}`),
    "test_main.csv": rows(`${key},a,b`, (at) => `${name(at + 60)},${noise(at)},${at % 7}`, 20),
    "test_extra.csv": rows(`${key},c,d`, (at) => `${name(at + 60)},${at % 11},${noise(at + 7)}`, 20),
  });

  it.each([
    ["an id", "key", (at: number) => String(at)],
    ["a name", "animal", (at: number) => `the ${["cow", "owl", "ape"][at % 3]} of ${noise(at)}`],
  ])("for all rows, joined by %s, without a sample submission", async (_, key, name) => {
    const { files, roles } = await prepared(joined(key, name), "Find out what you can");
    expect(files).toEqual({
      "train_main.csv": "train",
      "train_extra.csv": "companion",
      "test_main.csv": "test",
      "test_extra.csv": "companion",
    });
    expect(roles.targets).toEqual(["fraud"]);
    expect(roles.id).toMatchObject({ train: [key], test: [key] });
  });
});

describe("labels and ids", () => {
  it("labels lie apart by the file's name, although the goal names features", async () => {
    const { files, roles } = await prepared(
      {
        "X_train.csv": rows("rank,service", (at) => `${["a", "b"][at % 2]},${noise(at)}`),
        "y_train.csv": rows("salary", (at) => String(noise(at) * 31)),
        "X_test.csv": rows("rank,service", (at) => `${["a", "b"][at % 2]},${noise(at + 60)}`, 20),
      },
      "How does rank matter?",
    );
    expect(files).toMatchObject({ "y_train.csv": "labels" });
    expect(roles.targets).toEqual(["salary"]);
  });

  it("codes in the first column of a table alone are an id", async () => {
    const { roles } = await prepared(
      { "planes.csv": rows("tailnum,seats,engine", (at) => `N${100 + at}U,${noise(at)},${at % 2}`) },
      "Predict the engine",
    );
    expect(roles.id.train).toEqual(["tailnum"]);
  });

  it("numbers with gaps are an id by its name", async () => {
    const { roles } = await prepared(
      {
        "train.csv": rows("PID,a,y", (at) => `${500 + at * 37},${noise(at)},${at % 2}`),
        "test.csv": rows("PID,a", (at) => `${513 + at * 37},${noise(at)}`, 20),
      },
      "predict y",
    );
    expect(roles.id).toMatchObject({ train: ["PID"], test: ["PID"] });
  });

  it("a feature whose values lie among the ids joins no rows, an id does", () => {
    const program = `
import sys
sys.path.insert(0, "${join(import.meta.dirname, "../python")}")
import pandas as pd
from aide_data.leaks import Held, scan_frame
held = Held(keys=["30", "77"], cells=pd.DataFrame({"Age": ["1", "2"]}), truth={"y": ["a", "b"]}, labels={"y": ["a", "b"] * 10}, rows=[0, 1], total=20, rest=None,
            id_names={"ID"}, known_keys=map(str, range(1, 85)))
frame = pd.DataFrame({"ID": [1, 2, 3], "Age": [30, 41, 52], "y": ["a", "b", "a"]})
print([one.by for one in scan_frame("t", frame, held) if one.certain], [one.by for one in scan_frame("t", frame.assign(ID=[30, 2, 3]), held) if one.certain])
`;
    expect(execFileSync(opened.python, ["-c", program], { encoding: "utf8" }).trim()).toBe("[] ['ID']");
  });

  it("None is a class in a workbook too", async () => {
    const { data } = await prepared({}, "Predict Improved", { classes: true }, (folder) =>
      execFileSync(opened.python, [
        "-c",
        `
import pandas as pd
pd.DataFrame({"id": range(60), "a": [at * 7919 % 1009 for at in range(60)], "Improved": ["None", "None", "Some", "Marked"] * 15}).to_excel("${folder}/data.xlsx", index=False)
`,
      ]),
    );
    expect(data.labelled).toBe(60);
    expect(data.classes).toEqual(["Marked", "None", "Some"]);
  });

  it("years are known of all rows of a long table", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aide-long-"));
    await writeFiles(folder, {
      "long.csv": rows("year,x", (at) => `${1900 + Math.floor(at / 1000)},${noise(at)}`, 21_000),
    });
    const [file] = (await inspectDataset(folder, opened.reader)).files;
    expect(file?.kind === "table" ? file.table.columns[0]?.range : undefined).toEqual([1900, 1920]);
  });

  it("a first row with a gap is no header, a first name that is empty is one", async () => {
    const headerless = async (first: string, row: (at: number) => string) => {
      const folder = mkdtempSync(join(tmpdir(), "aide-header-"));
      await writeFiles(folder, { "heart.data": rows(first, row) });
      const [file] = (await inspectDataset(folder, opened.reader)).files;
      return file?.kind === "table" ? file.table.headerless : undefined;
    };
    expect(await headerless("63,?,1,145", (at) => `${noise(at)},${at % 3},${at % 2},${at * 3}`)).toBe(true);
    expect(await headerless(",0", (at) => `${at},${noise(at)}`)).toBe(false);
    expect(await headerless("age,,sex,bp", (at) => `${noise(at)},${at % 3},${at % 2},${at * 3}`)).toBe(false);
  });
});
