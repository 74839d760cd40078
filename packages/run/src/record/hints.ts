import { statSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import writeFileAtomic from "write-file-atomic";

const hintsFile = z.array(z.string());

const fileIn = (logs: string): string => join(logs, "hints.json");

/** The hints of a run as they are now, for the search to look at before each proposal. */
export const readHints = (logs: string): (() => readonly string[]) => {
  const file = fileIn(logs);
  let seen = "";
  let hints: readonly string[] = [];
  return () => {
    const found = statSync(file, { throwIfNoEntry: false });
    const stamp = found === undefined ? "" : `${found.ino} ${found.mtimeMs} ${found.size}`;
    if (stamp === seen) return hints;
    seen = stamp;
    hints = found === undefined ? [] : (parseHints(readFileSync(file, "utf8")) ?? hints);
    return hints;
  };
};

export const listHints = async (logs: string): Promise<readonly string[]> =>
  parseHints(await readFile(fileIn(logs), "utf8").catch(() => "[]")) ?? [];

/** `undefined` for a file that was damaged by hand: no reason to end a run. */
const parseHints = (text: string): readonly string[] | undefined => {
  try {
    return hintsFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

export const writeHints = (logs: string, hints: readonly string[]): Promise<void> =>
  writeFileAtomic(fileIn(logs), `${JSON.stringify(hints, null, 2)}\n`);
