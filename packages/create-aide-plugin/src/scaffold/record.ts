import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { recordInvalid, recordMissing } from "../errors.ts";
import type { Files } from "./templates.ts";

export const recordFile = ".aide-plugin.json";

export const manifestFile = "package.json";

const schema = z.strictObject({
  kind: z.string(),
  /** As configs call it. */
  name: z.string(),
  /** Of create-aide-plugin. */
  version: z.string(),
  /** SHA-256 of each file as it was generated, by path. */
  files: z.record(z.string(), z.string()),
});

/** What was generated, and how it looked: a file that looks so still was changed by nobody. */
export type ScaffoldRecord = z.output<typeof schema>;

/** Git may write other line ends than were generated. */
export const digestOf = (text: string): string =>
  createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");

export const digestsOf = (files: Files): Readonly<Record<string, string>> =>
  Object.fromEntries([...files].map(([path, text]) => [path, digestOf(text)]));

export const recordText = (record: ScaffoldRecord): string => `${JSON.stringify(record, null, 2)}\n`;

/** @throws AIDE_SCAFFOLD_RECORD */
export const readRecord = async (folder: string): Promise<ScaffoldRecord> => {
  const file = join(folder, recordFile);
  const written = await readFile(file, "utf8").catch((cause: unknown) => {
    throw recordMissing(file, cause);
  });
  const checked = schema.safeParse(parsed(written));
  if (checked.success) return checked.data;
  throw recordInvalid(file, checked.error.issues.map(({ message }) => message.toLowerCase()).join("; "));
};

const parsed = (written: string): unknown => {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
};
