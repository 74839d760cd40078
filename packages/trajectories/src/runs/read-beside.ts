import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { besideRunUnreadable } from "../errors.ts";

/** What a JSON file beside a run's log holds; nothing where there is none. @throws AIDE_TRAJECTORY_FILE */
export const readBeside = async <T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> => {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw besideRunUnreadable(file, cause);
  }
};
