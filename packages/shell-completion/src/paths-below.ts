import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";

/**
 * Paths that a begun one may become, one level deep: folders, with a slash at their end, and files that are wanted. Hidden ones are among them where the name begins with a dot.
 * @param partial what stands there so far, meant from `cwd`
 */
export const pathsBelow = async (
  partial: string,
  cwd: string,
  wanted: (file: string) => boolean,
): Promise<readonly string[]> => {
  const folder = partial.slice(0, partial.lastIndexOf("/") + 1);
  const begun = partial.slice(folder.length);
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch((): readonly Dirent[] => []);
  return entries
    .filter(({ name }) => name.startsWith(begun) && (!name.startsWith(".") || begun.startsWith(".")))
    .flatMap((entry) => (entry.isDirectory() ? [`${entry.name}/`] : wanted(entry.name) ? [entry.name] : []))
    .map((name) => `${folder}${name}`)
    .toSorted();
};
