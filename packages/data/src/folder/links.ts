import { constants } from "node:fs";
import { copyFile, mkdir, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** Where a link of a data folder leads. */
export interface Link {
  /** Relative to the folder. */
  readonly path: string;
  readonly kind: "inside" | "outside" | "dead" | "loop";
  readonly to: string;
}

/** The links of a folder, followed into the folders that they lead to. */
export const findLinks = async (folder: string, leftOut: ReadonlySet<string>): Promise<readonly Link[]> => {
  const links: Link[] = [];
  await visit(await realpath(folder), leftOut, async () => undefined, links);
  return links;
};

/** Copies a folder, with what its links lead to in their place; those that lead nowhere or back to themselves are left out. */
export const copyFollowed = async (folder: string, target: string, leftOut: ReadonlySet<string>): Promise<void> => {
  const root = await realpath(folder);
  await mkdir(target, { recursive: true });
  await visit(
    root,
    leftOut,
    async (file, path) => {
      await mkdir(dirname(join(target, path)), { recursive: true });
      await copyFile(file, join(target, path), constants.COPYFILE_FICLONE);
    },
    [],
  );
};

const visit = async (
  root: string,
  leftOut: ReadonlySet<string>,
  onFile: (file: string, path: string) => Promise<void>,
  links: Link[],
): Promise<void> => {
  const into = async (folder: string, path: string, above: readonly string[]): Promise<void> => {
    const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = join(folder, entry.name);
      if (leftOut.has(file)) continue;
      const own = path === "" ? entry.name : `${path}/${entry.name}`;
      const real = entry.isSymbolicLink() ? await follow(file, own, root, above, links) : file;
      if (real === undefined) continue;
      const found = await stat(real);
      if (found.isDirectory()) await into(real, own, [...above, await realpath(real)]);
      else if (found.isFile()) await onFile(real, own);
    }
  };
  await into(root, "", [root]);
};

const follow = async (
  file: string,
  path: string,
  root: string,
  above: readonly string[],
  links: Link[],
): Promise<string | undefined> => {
  const to = await realpath(file).catch(() => undefined);
  if (to === undefined) {
    links.push({ path, kind: "dead", to: "" });
    return undefined;
  }
  const isLoop = above.includes(to);
  const isInside = to === root || to.startsWith(root + sep);
  links.push({ path, kind: isLoop ? "loop" : isInside ? "inside" : "outside", to: isInside ? relative(root, to) : to });
  return isLoop ? undefined : to;
};
