import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { list } from "tar";
import type { Manifest, PackedPackage } from "./packed-package.ts";

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

const read = async (tarball: string, packages: string): Promise<PackedPackage> => {
  const files = new Map<string, number>();
  const manifest: Buffer[] = [];
  await list({
    file: tarball,
    onReadEntry: (entry) => {
      const path = entry.path.replace(/^package\//, "");
      files.set(path, entry.size);
      if (path === "package.json") entry.on("data", (chunk: Buffer) => manifest.push(chunk));
    },
  });
  const parsed: Manifest = JSON.parse(Buffer.concat(manifest).toString());
  const sources = new Set(await filesBelow(join(packages, parsed.name.replace("@aide-ts/", ""), "src")));
  return { manifest: parsed, files, packed: (await stat(tarball)).size, sources };
};

/** Packs what was built of each package, as `changeset publish` does, and looks into the tarballs. */
export const packAll = async (repository: string): Promise<readonly PackedPackage[]> => {
  const folder = await mkdtemp(join(tmpdir(), "aide-release-"));
  try {
    const pnpm = join(repository, ".tools/node_modules/pnpm/bin/pnpm.cjs");
    const pack = ["-r", "--filter", "./packages/*", "pack", "--pack-destination", folder];
    await promisify(execFile)(process.execPath, [pnpm, ...pack], { cwd: repository, maxBuffer: 2 ** 26 });
    const tarballs = (await readdir(folder)).toSorted();
    return await Promise.all(tarballs.map((file) => read(join(folder, file), join(repository, "packages"))));
  } finally {
    await rm(folder, { recursive: true });
  }
};
