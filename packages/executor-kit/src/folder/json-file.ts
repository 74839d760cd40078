import { readFile, rename, writeFile } from "node:fs/promises";
import type { z } from "zod";

/** What a file of JSON holds; nothing where it is absent, half written or does not fit. */
export const readJson = async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch {
    return undefined;
  }
};

/** Whole or not at all, whenever this process is killed. */
export const writeJson = async (path: string, content: unknown): Promise<void> => {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(content, undefined, 2));
  await rename(draft, path);
};
