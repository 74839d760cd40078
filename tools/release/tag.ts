import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The tag that npm would give a release: `latest`, or that of prereleases while changesets is in its pre mode. */
export const releaseTag = async (repository: string): Promise<string> => {
  try {
    const { mode, tag } = JSON.parse(await readFile(join(repository, ".changeset/pre.json"), "utf8"));
    return mode === "pre" ? String(tag) : "latest";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "latest";
    throw error;
  }
};
