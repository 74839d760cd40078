import { readdir, realpath, rm } from "node:fs/promises";
import { sep } from "node:path";
import { extractArchives } from "./archives.ts";
import { copyFollowed, findLinks, type Link } from "./links.ts";

export interface WholeFolder {
  /** The user's own folder, or a copy of it with plain files alone. */
  readonly folder: string;
  /** Links that are followed out of the folder or left out, a line each. */
  readonly notes: readonly string[];
}

/**
 * The user's data as plain files: archives unpacked, links followed. The user's folder is only read; a copy is made in `copy` where it holds any
 * of these, or something that is no data: who runs a command beside the data has its folders there.
 * @param noData absolute paths
 */
export const wholeFolder = async (
  source: string,
  copy: string,
  unpacks: boolean,
  noData: readonly string[] = [],
): Promise<WholeFolder> => {
  const root = await realpath(source);
  const there = await Promise.all(noData.map((path) => realpath(path).catch(() => "")));
  const leftOut = new Set(there.filter((path) => path.startsWith(root + sep)));
  const links = await findLinks(source, leftOut);
  const files = await readdir(source, { recursive: true });
  const packed = unpacks && files.some((file) => /\.(zip|tar|tgz|gz)$/i.test(file));
  if (links.length === 0 && leftOut.size === 0 && !packed) return { folder: source, notes: [] };
  await rm(copy, { recursive: true, force: true });
  await copyFollowed(source, copy, leftOut);
  if (packed) await extractArchives(copy);
  return { folder: copy, notes: links.flatMap(noteOn) };
};

const noteOn = ({ path, kind, to }: Link): readonly string[] => {
  switch (kind) {
    case "inside":
      return [];
    case "outside":
      return [`${path} is a link out of the data folder, to ${to}: read as a file of it`];
    case "dead":
      return [`${path} is a link that leads nowhere: left out`];
    case "loop":
      return [`${path} is a link back to a folder that it lies in: left out`];
  }
};
