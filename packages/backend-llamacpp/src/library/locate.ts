import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

const Manifest = z.object({ version: z.string() });

const majorOf = (version: string): string | undefined => version.split(".")[0];

/** Whether a module in `from`, a file, finds a node-llama-cpp of the same major version as `version`. */
const finds = async (from: string, version: string): Promise<boolean> => {
  try {
    const entry = createRequire(from).resolve("node-llama-cpp");
    const manifest = Manifest.parse(JSON.parse(await readFile(join(dirname(entry), "../package.json"), "utf8")));
    return majorOf(manifest.version) === majorOf(version);
  } catch {
    return false;
  }
};

/** The first of the files that finds node-llama-cpp, from which it is then to be imported. */
export const firstThatFinds = async (files: readonly string[], version: string): Promise<string | undefined> => {
  for (const file of files) if (await finds(file, version)) return file;
  return undefined;
};
