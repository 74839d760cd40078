import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

const Manifest = z.object({ version: z.string() });

const majorOf = (version: string): string | undefined => version.split(".")[0];

/** A copy that somebody has as a dependency. */
export interface Owned {
  /** A file that finds it. */
  readonly from: string;
  readonly version: string;
}

const versionFrom = async (file: string): Promise<string | undefined> => {
  try {
    const entry = createRequire(file).resolve("node-llama-cpp");
    return Manifest.parse(JSON.parse(await readFile(join(dirname(entry), "../package.json"), "utf8"))).version;
  } catch {
    return undefined;
  }
};

/** The copy of the first of `files` that finds one of the same major version as `version`. */
export const findOwned = async (files: readonly string[], version: string): Promise<Owned | undefined> => {
  for (const from of files) {
    const found = await versionFrom(from);
    if (found !== undefined && majorOf(found) === majorOf(version)) return { from, version: found };
  }
  return undefined;
};
