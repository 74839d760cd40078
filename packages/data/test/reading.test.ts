import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeDataset, inspectDataset, readCall } from "../src/index.ts";
import { openReader, writeFiles, type Opened } from "./folder.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openReader();
});
afterAll(() => opened[Symbol.asyncDispose]());

const inspect = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = mkdtempSync(join(tmpdir(), "aide-reading-"));
  await writeFiles(folder, files);
  return inspectDataset(folder, opened.reader);
};

const tableOf = async (content: string | Uint8Array, name = "table.csv") => {
  const dataset = await inspect({ [name]: content });
  const [file] = dataset.files;
  if (file?.kind !== "table") throw new Error(`no table: ${JSON.stringify(file)}`);
  return file.table;
};

const lines = (header: string, line: (at: number) => string, count = 40): string =>
  `${header}\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

describe("the arguments that read a file correctly", () => {
  it.each([
    ["plain", lines("a,b", (at) => `${at},x`), "table.csv", ""],
    ["tabs", lines("a\tb", (at) => `${at}\tx, y`), "table.tsv", ', sep="\\t"'],
    ["a vertical bar", lines("a|b", (at) => `${at}|x`), "table.txt", ', sep="|"'],
    ["blanks", lines("a  b", (at) => ` ${at}   ${at * 2}`), "table.data", ', sep=r"\\s+"'],
    ["semicolons and decimal commas", lines("a;b", (at) => `${at},5;${at}`), "table.csv", ', sep=";", decimal=","'],
    [
      "groups of thousands",
      lines("a;b", (at) => `1.${100 + at},5;x`),
      "table.csv",
      ', sep=";", decimal=",", thousands="."',
    ],
    ["groups of thousands in quotes", lines("a,b", (at) => `"1,${100 + at}",x`), "table.csv", ', thousands=","'],
    [
      "a line that names the separator",
      `sep=;\n${lines("a;b", (at) => `${at};x`)}`,
      "table.csv",
      ', sep=";", skiprows=1',
    ],
    ["a title above", `Report of May\n${lines("a,b,c", (at) => `${at},x,y`)}`, "table.csv", ", skiprows=1"],
    ["comments above", `# one\n# two\n${lines("a,b", (at) => `${at},x`)}`, "table.csv", ", skiprows=2"],
    [
      "a mark for missing numbers",
      lines("a,b", (at) => `${at % 5 === 0 ? "?" : at},x`),
      "table.csv",
      ', na_values=["?"]',
    ],
    ["spaces behind separators", lines("a, b", (at) => `${at}, x`), "table.csv", ", skipinitialspace=True"],
    ["no names", lines("1.5,2", (at) => `${at}.5,${at}`), "table.csv", ", header=None"],
    ["names that are years", lines("2001,2002,2003", (at) => `${at},${at * 2},7`), "table.csv", ""],
    ["a first column without a name", lines(",a", (at) => `${at},x`), "table.csv", ", index_col=0"],
    ["a separator at each row's end", lines("a,b", (at) => `${at},x,`), "table.csv", ", index_col=False"],
    ["names of rows without a name", lines("a,b", (at) => `row${at},${at},x`), "table.csv", ""],
    [
      "codes that begin with zeros",
      lines("a,b", (at) => `${String(at).padStart(5, "0")},x`),
      "table.csv",
      ', dtype={"a": str}',
    ],
    ["escaped quotes", lines("a,b", (at) => `${at},"the \\"good\\", ${at}"`), "table.csv", ', escapechar="\\\\"'],
    ["quotes that are none", lines("a\tb", (at) => `"${at} inch\tx`), "table.tsv", ', sep="\\t", quoting=3'],
  ])("%s", async (_name, content, file, args) => {
    const table = await tableOf(content, file);
    expect(readCall(table, file)).toBe(`pd.read_csv("./input/${file}"${args})`);
    expect(table.rows).toBe(args === ", header=None" ? 41 : 40);
  });

  it.each([
    [
      "latin-1",
      Buffer.from(
        lines("größe,b", (at) => `${at},Zürich`),
        "latin1",
      ),
      'encoding="latin-1"',
    ],
    ["cp1252", Buffer.concat([Buffer.from("a,b\n"), Buffer.from([0x31, 0x2c, 0x80, 0x0a])]), 'encoding="cp1252"'],
    ["UTF-16", Buffer.from(`\uFEFF${lines("größe,b", (at) => `${at},Zürich`)}`, "utf16le"), 'encoding="utf-16"'],
  ])("%s", async (_name, content, argument) => {
    const table = await tableOf(content);
    expect(readCall(table, "table.csv")).toContain(argument);
    expect(table.columns.map(({ name }) => name).join()).not.toContain("\uFFFD");
  });

  it("of quoted fields over two lines, each with as many commas", async () => {
    const table = await tableOf(
      lines("id,note,x,y", (at) => `${at},"line one, of ${at}\nline ""two"" [x]",${at}.5,${at * 2}`),
    );
    expect(table).toMatchObject({ rows: 40, args: {} });
    expect(table.columns.map(({ name }) => name)).toEqual(["id", "note", "x", "y"]);
  });

  it("of a table that is longer than its head", async () => {
    const table = await tableOf(lines("id;x;word", (at) => `${at};${at % 100},5;${["a", "b"][at % 2]}`, 30_000));
    expect(table).toMatchObject({ rows: 30_000, args: { sep: ";", decimal: "," } });
  });

  it("are named to the model beside the table", async () => {
    const dataset = await inspect({ "train.csv": lines("a;b", (at) => `${at},5;${at}`) });
    expect(describeDataset(dataset, undefined, { characters: 4000, values: true })).toContain(
      'Read it with `pd.read_csv("./input/train.csv", sep=";", decimal=",")`.',
    );
  });
});

describe("what a column holds", () => {
  it.each([
    ["whole numbers, with gaps", (at: number) => (at % 4 === 0 ? "" : String(at)), "integer"],
    ["fractions", (at: number) => `${at}.25`, "number"],
    ["truth values", (at: number) => (at % 2 === 0 ? "True" : "False"), "boolean"],
    ["yes and no", (at: number) => (at % 2 === 0 ? "yes" : "no"), "boolean"],
    ["dates", (at: number) => `2020-01-${String((at % 28) + 1).padStart(2, "0")}`, "date"],
    ["classes", (at: number) => ["a", "b", "c"][at % 3] ?? "", "category"],
    ["texts", (at: number) => `a long story about number ${at} and what came of it`, "text"],
    ["nothing", () => "", "empty"],
  ])("%s", async (_name, cell, type) => {
    const table = await tableOf(lines("id,x,last", (at) => `${at},${cell(at)},1`));
    expect(table.columns[1]).toMatchObject({ name: "x", type });
  });

  it.each([
    ["$12,500", { decimal: ".", thousands: ",", unit: "$" }],
    ["12 %", { decimal: ".", thousands: null, unit: "%" }],
    ["7,5 kg", { decimal: ",", thousands: null, unit: "kg" }],
  ])("numbers with a unit, as %s", async (cell, style) => {
    const table = await tableOf(lines("id;x;last", (at) => `${at};${cell.replace(/\d/, String((at % 9) + 1))};1`));
    expect(table.columns[1]).toMatchObject({ style });
  });

  it("words that look like numbers now and then are none", async () => {
    const table = await tableOf(lines("id,x,last", (at) => `${at},B${at}-7,1`));
    expect(table.columns[1]?.style).toBeUndefined();
  });
});

describe("what cannot be read is refused with its place", () => {
  const good = (at: number) => `${at},${at % 7},${at * 2}`;

  it.each([
    [
      "a row with too many fields",
      `${lines("id,x,y", good)}40,1,2,3\n`,
      { file: "train.csv", line: "42", column: "4" },
    ],
    ["a row with too few", `${lines("id,x,y", good)}40,1\n`, { file: "train.csv", line: "42", column: "3" }],
    [
      "a long row among quoted ones",
      `${lines("id,x,y", (at) => `${at},"a, b",${at}`)}40,"a",2,3\n`,
      { line: "42", column: "4" },
    ],
  ])("%s", async (_name, content, facts) => {
    await expect(inspect({ "train.csv": content })).rejects.toMatchObject({ code: "AIDE_FILE_ROWS", facts });
  });

  it("a file in two encodings", async () => {
    const mixed = Buffer.concat([
      Buffer.from(lines("id,x", (at) => `${at},Zürich`)),
      Buffer.from("40,Zürich\n", "latin1"),
    ]);
    await expect(inspect({ "train.csv": mixed })).rejects.toMatchObject({
      code: "AIDE_FILE_ENCODING",
      facts: { file: "train.csv", line: "42", column: "5" },
    });
  });

  it("a broken file that nothing speaks for is named, and stays", async () => {
    const { files } = await inspect({
      "data.csv": lines("id,x,y", good),
      "old/broken.csv": "a,b\n1,2,3,4\n1\n",
      "bad.parquet": "PAR1 and no more",
    });
    expect(files.map(({ path, kind }) => [path, kind])).toEqual(
      expect.arrayContaining([
        ["data.csv", "table"],
        ["bad.parquet", "other"],
      ]),
    );
  });
});

describe("what is no table", () => {
  it("is described in a line: JSON, text, images and folders", async () => {
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const dataset = await inspect({
      "info.json": '{"a": [1, 2], "b": {"c": "x"}}',
      "readme.md": "one\ntwo\n",
      "description.txt":
        "The rows are houses, and what they cost.\nEach has rooms, a street, and a year.\nNothing else, as far as known.\n",
      "one.png": png,
      ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`many/${at}.png`, png])),
    });
    const text = describeDataset(dataset, undefined, { characters: 4000, values: true });
    expect(text).toContain("`./input/info.json`: JSON, {a: list of 2 × number, b: {c: string}}");
    expect(text).toContain("`./input/one.png`: png image, 1×1");
    expect(text).toContain("`./input/many/`: 30 images (.png), sizes 1×1");
    expect(text).toContain("`./input/readme.md`: text, 2 lines");
    expect(text).toContain("`./input/description.txt`: text, 3 lines");
  });
});

describe("the preview", () => {
  it("names types, ranges, categories and gaps, and stays within its limit", async () => {
    const dataset = await inspect({
      "train.csv": lines(
        "id;age;city;note;y",
        (at) => `${at};${at % 5 === 0 ? "" : at};${["Rome", "Oslo"][at % 2]};${"word ".repeat(12)}${at};${at % 2}`,
        60,
      ),
    });
    const text = describeDataset(dataset, undefined, { characters: 4000, values: true });
    expect(text).toContain("60 rows, 5 columns");
    expect(text).toContain("`age` (1 to 59; 20% missing)");
    expect(text).toMatch(/`city` \((Rome, Oslo|Oslo, Rome)\)/);
    expect(text).toContain("`note` (text)");
    for (const characters of [50, 200, 400])
      expect(describeDataset(dataset, undefined, { characters, values: true }).length).toBeLessThanOrEqual(characters);
    expect(describeDataset(dataset, undefined, { characters: 4000, values: false })).not.toContain("Rome");
  });

  it("says how many values a column has where it does not show all", async () => {
    const dataset = await inspect({ "train.csv": lines("id;city", (at) => `${at};town ${at % 7}`, 70) });
    const text = describeDataset(dataset, undefined, { characters: 4000, values: true });
    expect(text).toMatch(/`city` \(7 values: (town \d, ){3}town \d\)/);
  });
});
