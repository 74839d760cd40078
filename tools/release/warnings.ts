import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { allBinaries } from "../../packages/backend-llamacpp/src/library/variants.ts";

/** Binaries of node-llama-cpp that aide cannot install, as the lock was made from a registry without them. */
export const missingBinaries = async (repository: string): Promise<readonly string[]> => {
  const sizes = join(repository, "packages/backend-llamacpp/library/sizes.json");
  const { binaries }: { binaries: object } = JSON.parse(await readFile(sizes, "utf8"));
  return allBinaries.filter((name) => !(name in binaries));
};

/** Changesets that no version has yet. */
export const pendingChangesets = async (repository: string): Promise<number> =>
  (await readdir(join(repository, ".changeset"))).filter((file) => file.endsWith(".md") && file !== "README.md").length;

/** What does not keep a release back, but whoever releases should know. */
export const warningsOf = (missing: readonly string[], pending: number): readonly string[] => [
  ...(missing.length === 0
    ? []
    : [
        `The embedded model's library is not installed by aide on machines that need ${missing.join(", ")}.\n` +
          "  fix  run `npm run llamacpp:lock` against a registry that has all of node-llama-cpp's binaries, as the public one does",
      ]),
  ...(pending === 0
    ? []
    : [`${pending} changesets are in no version yet.\n  fix  npx changeset version, and commit what it writes`]),
];
