import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AideError, messageOf } from "@aide-ts/plugin";
import { extract } from "tar";
import { capsuleDamaged } from "../errors.ts";
import { hashOf, manifestFile, manifestSchema } from "./manifest.ts";

/** An ablation's folder that was unpacked for a while. */
export interface OpenedCapsule extends AsyncDisposable {
  readonly root: string;
}

/**
 * Unpacks a capsule beside nothing else and checks that each byte is the one that was packed.
 * @throws AIDE_CAPSULE_DAMAGED for one that was cut short, changed, or has files more or less
 */
export const openCapsule = async (path: string): Promise<OpenedCapsule> => {
  const root = await mkdtemp(join(tmpdir(), "aide-capsule-"));
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true });
  try {
    // In one go: where it fails, nothing of it is still writing.
    extract({ file: path, cwd: root, strict: true, sync: true, filter: isPlain });
    await check(root, path);
  } catch (cause) {
    await remove();
    throw AideError.is(cause) ? cause : capsuleDamaged(path, messageOf(cause));
  }
  return { root, [Symbol.asyncDispose]: remove };
};

/** Neither links nor devices. */
const isPlain = (_path: string, entry: object): boolean =>
  "type" in entry && (entry.type === "File" || entry.type === "Directory");

const check = async (root: string, path: string): Promise<void> => {
  const { files } = manifestSchema.parse(JSON.parse(await readFile(join(root, manifestFile), "utf8")));
  const found = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => file !== manifestFile);
  const more = found.find((file) => files[file] === undefined);
  if (more !== undefined) throw capsuleDamaged(path, `${more} was added`);
  for (const [file, hash] of Object.entries(files)) {
    if (!found.includes(file)) throw capsuleDamaged(path, `${file} is missing`);
    if (hashOf(await readFile(join(root, file))) !== hash) throw capsuleDamaged(path, `${file} has changed`);
  }
};
