import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hintsOf, openReader, prepareFolder, writeFiles, type Opened } from "./folder.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openReader([tmpdir()]);
});
afterAll(() => opened[Symbol.asyncDispose]());

/** A training table of 120 rows and a test table of 40; `value` gives a row's cell in the column that may separate them. */
const splitOf = async (column: string, value: (at: number) => string, more: (at: number) => string = () => "1") => {
  const source = mkdtempSync(join(tmpdir(), "aide-split-"));
  const row = (at: number) => `${value(at)},${more(at)},${(at * 7919) % 1009}`;
  const rows = (from: number, count: number, line: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => line(from + at)).join("\n");
  await writeFiles(source, {
    "train.csv": `${column},more,x,y\n${rows(0, 120, (at) => `${row((at * 77) % 120)},${(at * 77) % 120}.5`)}\n`,
    "test.csv": `${column},more,x\n${rows(120, 40, row)}\n`,
  });
  const target = mkdtempSync(join(tmpdir(), "aide-laid-"));
  const { data } = await prepareFolder(opened.reader, source, target, hintsOf("predict y"));
  const held = [...data.heldOut!.truth.values()].map(([label]) => Math.floor(Number(label))).toSorted((a, b) => a - b);
  return { split: data.split, held };
};

const from = (first: number): readonly number[] => Array.from({ length: 120 - first }, (_, at) => first + at);

describe("later rows are held back where the test rows are later", () => {
  it.each<[string, string, (at: number) => string, number]>([
    ["years", "year", (at) => String(1990 + Math.floor(at / 10)), 90],
    ["fractions of years", "date", (at) => (2000 + Math.floor(at / 24) / 12).toFixed(4), 96],
    ["periods under another name", "trend", (at) => String(1 + Math.floor(at / 20)), 100],
    ["hours", "time", (at) => String(at), 96],
    ["years, of which the last continues in the test rows", "year", (at) => String(1990 + Math.floor(at / 16)), 96],
  ])("by %s, none of them on both sides", async (_, column, value, first) => {
    const { split, held } = await splitOf(column, value);
    expect(split).toMatchObject({ by: "time", column });
    expect(held).toEqual(from(first));
  });

  it.each<[string, (day: Date) => string]>([
    ["days before months", (day) => `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`],
    [
      "days before months between strokes",
      (day) => `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear()}`,
    ],
    ["months before days", (day) => `${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()}`],
    ["moments of time zones", (day) => `${day.toISOString().slice(0, 19)}+0${1 + (day.getUTCDate() % 2)}:00`],
  ])("by dates: %s", async (_, text) => {
    const { split, held } = await splitOf("when", (at) => text(new Date(Date.UTC(2021, 0, 1 + at * 3))));
    expect(split).toMatchObject({ by: "time", column: "when" });
    expect(held).toEqual(from(96));
  });

  it("by dates, where the table was cut within one", async () => {
    const { split, held } = await splitOf("when", (at) => new Date(Date.UTC(2021, Math.floor(at / 16))).toISOString());
    expect(split).toMatchObject({ by: "time", column: "when" });
    expect(held).toEqual(from(96));
  });

  it("and not where the test rows have nothing but the last moment", async () => {
    expect((await splitOf("season", (at) => String(at < 100 ? 1 : 2))).split.by).toBe("random");
  });

  it("and not by a feature that only rises, or numbers of entities", async () => {
    expect((await splitOf("size", (at) => (at * 1.25).toFixed(2))).split.by).toBe("random");
    expect((await splitOf("patient_id", (at) => String(Math.floor(at / 8)))).split).toMatchObject({
      by: "group",
      column: "patient_id",
    });
  });
});

describe("whole entities are held back where the test rows are of others", () => {
  const shuffled = (at: number) => String((Math.floor(at / 8) * 7) % 20);

  it.each([
    ["Subject", shuffled],
    ["plant", (at: number) => `Q${shuffled(at)}`],
  ])("called %s", async (column, value) => {
    const { split, held } = await splitOf(column, value);
    expect(split).toMatchObject({ by: "group", column });
    expect(new Set(held.map((at) => Math.floor(at / 8))).size * 8).toBe(held.length);
  });

  it("and not where some are in both, by the widest where several are", async () => {
    expect((await splitOf("Subject", (at) => String(at % 20))).split.by).toBe("random");
    const hospital = (at: number) => `h${(Math.floor(at / 20) * 5) % 8}`;
    expect((await splitOf("patient", (at) => `p${Math.floor(at / 4)}`, hospital)).split).toMatchObject({
      by: "group",
      column: "more",
    });
  });
});
