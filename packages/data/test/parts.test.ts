import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeDataset, inspectDataset, type Table } from "../src/index.ts";
import { hintsOf, openReader, rolesIn, writeFiles, type Opened } from "./folder.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openReader();
});
afterAll(() => opened[Symbol.asyncDispose]());

const header = "id,size,rooms,city,kind,sold,note,price";
const line = (at: number): string =>
  [
    at,
    at < 40 ? at % 30 : `${at % 30}.5`,
    at < 40 ? (at % 4) + 1 : at % 5 === 0 ? "" : (at % 9) + 1,
    ["Rome", "Oslo", "Bern", "Kyiv"][at < 40 ? at % 2 : at % 4],
    at < 40 ? at % 3 : `k${at % 3}`,
    `20${10 + Math.floor(at / 10)}-0${(at % 9) + 1}-1${at % 10}`,
    at < 40 ? "" : `${at} is a longer note about this house and what is near it`,
    at * 3 + (at < 40 ? 0 : 0.25),
  ].join(",");
const table = (from: number, to: number): string =>
  `${header}\n${Array.from({ length: to - from }, (_, at) => line(from + at)).join("\n")}\n`;

const folderOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), "aide-parts-"));
  await writeFiles(folder, files);
  return folder;
};

const tablesIn = async (files: Readonly<Record<string, string>>): Promise<readonly Table[]> => {
  const dataset = await inspectDataset(await folderOf(files), opened.reader);
  return dataset.files.flatMap((file) => (file.kind === "table" ? [file.table] : []));
};

const facts = ({ columns }: Table) =>
  columns.map(({ name, type, missing, read, range, dates, values, unique }) => ({
    name,
    type,
    missing,
    read,
    range,
    dates,
    values,
    unique,
  }));

describe("a training table in parts", () => {
  it.each([
    ["two", [0, 40, 80]],
    ["three, the first of them of one row", [0, 1, 50, 80]],
  ])("holds what the same table in one holds: %s", async (_, ends) => {
    const parts = Object.fromEntries(
      ends.slice(1).map((end, at) => [`train_${at + 1}.csv`, table(ends[at] ?? 0, end)]),
    );
    const [whole] = await tablesIn({ "train.csv": table(0, 80) });
    const [first, ...others] = await tablesIn(parts);
    const joined = await opened.reader.join(first!, others);
    expect(joined).toMatchObject({ path: "train_1.csv", rows: 80 });
    expect(facts(joined)).toEqual(facts(whole!));
  });

  it("is described to the model by all of its parts", async () => {
    const folder = await folderOf({ "train_1.csv": table(0, 40), "train_2.csv": table(40, 80) });
    const found = await rolesIn(opened.reader, folder, hintsOf("Predict the price."));
    if (found.kind !== "found") throw new Error(found.why);
    expect(found.roles.whole.columns.find(({ name }) => name === "price")?.type).toBe("number");
    const dataset = await inspectDataset(folder, opened.reader);
    const text = describeDataset(dataset, found.roles, { characters: 4000, values: true });
    expect(text).toContain("`./input/train_1.csv`: 40 rows");
    expect(text).toMatch(/`city` \((Rome|Oslo|Bern|Kyiv)(, (Rome|Oslo|Bern|Kyiv)){3}\)/);
    expect(text).toContain("`note` (text; 50% missing)");
  });
});
