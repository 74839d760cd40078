import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { CatalogueModel } from "./catalogue.ts";
import type { ModelFiles } from "./folder.ts";

const Marker = z.object({ sha256: z.string(), bytes: z.number(), mtimeMs: z.number() });

export const sha256Of = async (
  path: string,
  options: { readonly onBytes?: (read: number) => void; readonly signal?: AbortSignal | undefined } = {},
): Promise<string> => {
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 4 << 20, signal: options.signal })) {
    hash.update(chunk);
    options.onBytes?.((read += chunk.length));
  }
  return hash.digest("hex");
};

/** Whether the file was verified before and has not changed since. Reads a few bytes only, so that a start is fast. */
export const isVerified = async (model: CatalogueModel, files: ModelFiles): Promise<boolean> => {
  try {
    const marker = Marker.parse(JSON.parse(await readFile(files.marker, "utf8")));
    const file = await stat(files.file);
    return marker.sha256 === model.sha256 && marker.bytes === file.size && marker.mtimeMs === file.mtimeMs;
  } catch {
    return false;
  }
};

export const markVerified = async (model: CatalogueModel, files: ModelFiles): Promise<void> => {
  const file = await stat(files.file);
  const half = `${files.marker}.${process.pid}`;
  await writeFile(half, JSON.stringify({ sha256: model.sha256, bytes: file.size, mtimeMs: file.mtimeMs }));
  await rename(half, files.marker);
};
