import { messageOf } from "@aide-ts/plugin";
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { imageSizeFromFile } from "image-size/fromFile";
import type { Content, DataFile, Dataset } from "../dataset.ts";
import type { DataReader, Described } from "../reader/data-reader.ts";
import { asError } from "../reader/problems.ts";
import { suggests } from "../roles/names.ts";

const listed = 40;
const foldedAbove = 24;
/** Tables of a folder that are looked into. */
const mostTables = 400;
const imageEndings = new Set([".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"]);
const jsonEndings = new Set([".json", ".jsonl", ".ndjson"]);
const textEndings = new Set([".txt", ".md", ".names", ".data", ".rst", ".yaml", ".yml"]);
/** What may hold a table; its content decides whether it does. */
const tableEndings = new Set([
  ".csv",
  ".tsv",
  ".tab",
  ".psv",
  ".dat",
  ".data",
  ".txt",
  ".test",
  ".train",
  ".json",
  ".jsonl",
  ".ndjson",
  ".parquet",
  ".xlsx",
  ".xlsm",
  "",
]);

/**
 * Describes a data folder: every table as pandas reads it, and one entry for each folder of many files of a kind.
 * @throws AIDE_FILE_ENCODING, AIDE_FILE_ROWS for a table that cannot be read and may be needed
 */
export const inspectDataset = async (
  folder: string,
  reader: Pick<DataReader, "describe">,
  { brief = false }: { readonly brief?: boolean } = {},
): Promise<Dataset> => {
  const entries: (Plain | DataFile)[] = [];
  for await (const entry of walk(folder, folder)) entries.push(entry);
  const paths = entries
    .flatMap((entry) => ("file" in entry && isCandidate(entry.path) ? [entry.path] : []))
    .slice(0, mostTables);
  const tables = new Map<string, Described>();
  for (const [at, described] of (await reader.describe(folder, paths, brief)).entries())
    tables.set(paths[at] ?? "", described);
  const files: DataFile[] = [];
  for (const entry of entries)
    files.push("file" in entry ? await fileOf(entry, tables.get(entry.path) ?? null) : entry);
  const sorted = files.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  const shown = sorted.filter((file, at) => file.kind === "table" || at < listed);
  return { files: shown, unlisted: sorted.length - shown.length };
};

const isCandidate = (path: string): boolean => tableEndings.has(extname(path).toLowerCase());

interface Plain {
  readonly path: string;
  readonly file: string;
}

const fileOf = async ({ path, file }: Plain, described: Described): Promise<DataFile> => {
  const { size } = await stat(file);
  if (described !== null && "columns" in described) return { path, bytes: size, kind: "table", table: described };
  if (described !== null) {
    const needed = [suggests.train, suggests.test, suggests.sample, suggests.labels].some((suggest) => suggest(path));
    if (needed || /^[^/]*\.(csv|tsv)$/i.test(path)) throw asError(described.problem, path);
    return { path, bytes: size, kind: "other", note: `could not be read: ${asError(described.problem, path).message}` };
  }
  const content = await readContent(file, size).catch((error: unknown): Content => ({
    kind: "other",
    note: `could not be read: ${messageOf(error)}`,
  }));
  return { path, bytes: size, ...content };
};

const rank = (file: DataFile): number => (file.kind === "table" ? 0 : file.kind === "text" ? 2 : 1);

async function* walk(root: string, folder: string): AsyncGenerator<Plain | DataFile> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.name.startsWith("."));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const plain = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
  if (plain.length > foldedAbove && folder !== root) yield await folded(root, folder, plain);
  else for (const file of plain) yield { path: pathOf(root, file), file };
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

const readContent = async (file: string, size: number): Promise<Content> => {
  const ending = extname(file).toLowerCase();
  if (size === 0) return { kind: "other", note: "empty file" };
  if (imageEndings.has(ending)) return readImage(file);
  if (jsonEndings.has(ending)) return { kind: "json", shape: await readJsonShape(file, size, ending !== ".json") };
  if (textEndings.has(ending)) return readText(file, size);
  return { kind: "other", note: ending === "" ? "no ending" : `${ending.slice(1)} file` };
};

const readImage = async (file: string): Promise<Content> => {
  const { width, height, type } = await imageSizeFromFile(file);
  return { kind: "image", width, height, format: type ?? "unknown" };
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
