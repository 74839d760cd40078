import { open, type FileHandle } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Column, Table } from "./dataset.ts";
import { profileColumn } from "./profile.ts";

const headBytes = 4 * 1024 * 1024;
const headRows = 20_000;

/** Reads the head of a delimited file: its columns with types and values, and its rows, counted or estimated. */
export const readCsvHead = async (file: string): Promise<Table> => {
  const { text, bytes, total } = await readHead(file);
  const delimiter = sniffDelimiter(text);
  const whole = bytes === total;
  const rows: string[][] = parse(whole ? text : cutAtLine(text), {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: headRows + 1,
  });
  const [header = [], ...records] = rows;
  const complete = whole && records.length < headRows;
  const readBytes = complete ? bytes : Buffer.byteLength(records.map((record) => record.join(delimiter)).join("\n"));
  const columns = header.map((name, index): Column =>
    profileColumn(
      name.trim(),
      records.map((record) => record[index] ?? ""),
    ),
  );
  const rowCount = complete ? records.length : Math.round((records.length * total) / Math.max(1, readBytes));
  return { format: "csv", delimiter, rows: rowCount, exact: complete, columns };
};

/** The delimiter that splits the first lines into the same number of fields, and into most. */
const sniffDelimiter = (text: string): string => {
  const lines = text.split(/\r?\n/, 20).filter((line) => line !== "");
  const [first = ""] = lines;
  const counts = [",", "\t", ";", "|"].map((delimiter) => ({
    delimiter,
    fields: first.split(delimiter).length,
    even: lines.filter((line) => line.split(delimiter).length === first.split(delimiter).length).length,
  }));
  return (
    counts.sort((a, b) => Number(b.fields > 1) - Number(a.fields > 1) || b.even * b.fields - a.even * a.fields)[0]
      ?.delimiter ?? ","
  );
};

const readHead = async (file: string): Promise<{ text: string; bytes: number; total: number }> => {
  await using handle: FileHandle = await open(file);
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(Math.min(size, headBytes));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
  return { text: buffer.toString("utf8", 0, bytesRead), bytes: bytesRead, total: size };
};

const cutAtLine = (text: string): string => text.slice(0, text.lastIndexOf("\n") + 1);
