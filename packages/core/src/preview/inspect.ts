import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { imageSizeFromFile } from "image-size/fromFile";
import { readCsvHead } from "./csv.ts";
import type { Content, DataFile, Dataset, Table } from "./dataset.ts";
import { profileColumn } from "./profile.ts";

const listed = 40;
const foldedAbove = 24;
const imageEndings = new Set([".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"]);
const tableEndings = new Set([".csv", ".tsv"]);
const jsonEndings = new Set([".json", ".jsonl", ".ndjson"]);
const textEndings = new Set([".txt", ".md", ".names", ".data", ".rst", ".yaml", ".yml"]);

/** Describes a data folder: every table, and one entry for each folder of many files of a kind. Reads a bounded part of each file. */
export const inspectDataset = async (folder: string): Promise<Dataset> => {
  const files: DataFile[] = [];
  let unlisted = 0;
  for await (const entry of walk(folder, folder)) {
    if (files.length >= listed) unlisted++;
    else files.push(entry);
  }
  return { files: files.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)), unlisted };
};

const rank = (file: DataFile): number => (file.kind === "table" ? 0 : file.kind === "text" ? 2 : 1);

async function* walk(root: string, folder: string): AsyncGenerator<DataFile> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.name.startsWith("."));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const plain = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
  if (plain.length > foldedAbove && folder !== root) yield await folded(root, folder, plain);
  else for (const file of plain) yield await describeFile(root, file);
  for (const entry of entries) if (entry.isDirectory()) yield* walk(root, join(folder, entry.name));
}

const pathOf = (root: string, file: string): string => relative(root, file).split(sep).join("/");

const folded = async (root: string, folder: string, files: readonly string[]): Promise<DataFile> => {
  const endings = [...new Set(files.map((file) => extname(file).toLowerCase()))].sort();
  const path = `${pathOf(root, folder)}/`;
  const bytes = (await Promise.all(files.slice(0, 100).map(async (file) => (await stat(file)).size))).reduce(
    (a, b) => a + b,
    0,
  );
  if (!endings.every((ending) => imageEndings.has(ending)))
    return { path, bytes, kind: "folder", count: files.length, endings };
  const sizes = new Set<string>();
  for (const file of files.slice(0, 20)) {
    const image = await readImage(file);
    if (image.kind === "image") sizes.add(`${image.width}×${image.height}`);
  }
  return { path, bytes, kind: "images", count: files.length, formats: endings, sizes: [...sizes].slice(0, 5) };
};

const describeFile = async (root: string, file: string): Promise<DataFile> => {
  const { size } = await stat(file);
  const content = await readContent(file, size).catch((error: unknown): Content => ({
    kind: "other",
    note: `could not be read: ${error instanceof Error ? error.message : String(error)}`,
  }));
  return { path: pathOf(root, file), bytes: size, ...content };
};

const readContent = async (file: string, size: number): Promise<Content> => {
  const ending = extname(file).toLowerCase();
  if (size === 0) return { kind: "other", note: "empty file" };
  if (tableEndings.has(ending)) return { kind: "table", table: await readCsvHead(file) };
  if (ending === ".parquet") return { kind: "table", table: await readParquetHead(file) };
  if (imageEndings.has(ending)) return readImage(file);
  if (jsonEndings.has(ending)) return { kind: "json", shape: await readJsonShape(file, size, ending !== ".json") };
  if (textEndings.has(ending)) return readText(file, size);
  return { kind: "other", note: ending === "" ? "no ending" : `${ending.slice(1)} file` };
};

const readImage = async (file: string): Promise<Content> => {
  const { width, height, type } = await imageSizeFromFile(file);
  return { kind: "image", width, height, format: type ?? "unknown" };
};

const readParquetHead = async (file: string): Promise<Table> => {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer);
  const rows = Number(metadata.num_rows);
  const rowEnd = Math.min(rows, 2000);
  const records = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart: 0, rowEnd });
  const names = metadata.schema.filter((element) => element.num_children === undefined).map((element) => element.name);
  const columns = names.map((name) =>
    profileColumn(
      name,
      records.map((record) => cellText(record[name])),
    ),
  );
  return { format: "parquet", delimiter: "", rows, exact: true, columns };
};

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const head = async (file: string, size: number, most: number): Promise<string> => {
  await using handle = await open(file);
  const buffer = Buffer.alloc(Math.min(size, most));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
  return buffer.toString("utf8", 0, bytesRead);
};

const readJsonShape = async (file: string, size: number, byLine: boolean): Promise<string> => {
  const text = await head(file, size, 1024 * 1024);
  if (byLine)
    return `one JSON value a line, each ${shapeOf(JSON.parse(text.slice(0, text.indexOf("\n") === -1 ? undefined : text.indexOf("\n"))), 0)}`;
  if (text.length < size) return `large JSON that begins with ${text.slice(0, 200)}`;
  return shapeOf(JSON.parse(text), 0);
};

const shapeOf = (value: unknown, depth: number): string => {
  if (Array.isArray(value))
    return `list of ${value.length}${value.length > 0 && depth < 3 ? ` × ${shapeOf(value[0], depth + 1)}` : ""}`;
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  const keys = Object.entries(value);
  const inner = keys.slice(0, 12).map(([key, child]) => (depth < 2 ? `${key}: ${shapeOf(child, depth + 1)}` : key));
  return `{${inner.join(", ")}${keys.length > 12 ? `, … ${keys.length - 12} more` : ""}}`;
};

const readText = async (file: string, size: number): Promise<Content> => {
  const start = (await head(file, size, 16_384)).slice(0, 3000);
  return { kind: "text", lines: size < 8 * 1024 * 1024 ? await countLines(file) : -1, start };
};

const countLines = async (file: string): Promise<number> => {
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    if (Buffer.isBuffer(chunk)) for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  }
  return lines;
};
