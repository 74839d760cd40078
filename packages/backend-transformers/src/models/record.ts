import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RepositoryFolders } from "./repository.ts";

const schema = z.object({
  blobs: z.record(z.string(), z.object({ bytes: z.number(), mtimeMs: z.number() })),
  snapshots: z.record(z.string(), z.object({ wanted: z.string(), files: z.record(z.string(), z.string()) })),
});

/** What was verified in a repository's folder, so that 15 GB are not hashed again. A blob that changed since is not taken as verified. */
export class VerifiedRecord {
  readonly #folders: RepositoryFolders;
  #kept: z.output<typeof schema>;

  private constructor(folders: RepositoryFolders, kept: z.output<typeof schema>) {
    this.#folders = folders;
    this.#kept = kept;
  }

  static async open(folders: RepositoryFolders): Promise<VerifiedRecord> {
    const text = await readFile(folders.record, "utf8").catch(() => undefined);
    return new VerifiedRecord(folders, parsed(text) ?? { blobs: {}, snapshots: {} });
  }

  async hasBlob(oid: string): Promise<boolean> {
    const known = this.#kept.blobs[oid];
    const found = await stat(join(this.#folders.blobs, oid)).catch(() => undefined);
    return found !== undefined && known?.bytes === found.size && known.mtimeMs === found.mtimeMs;
  }

  /** Whether all the files that were wanted of a commit are here, unchanged and linked. */
  async hasSnapshot(commit: string, wanted: string): Promise<boolean> {
    const known = this.#kept.snapshots[commit];
    if (known?.wanted !== wanted) return false;
    for (const [path, oid] of Object.entries(known.files)) {
      if (!(await this.hasBlob(oid))) return false;
      if ((await stat(join(this.#folders.snapshot(commit), path)).catch(() => undefined)) === undefined) return false;
    }
    return true;
  }

  async addBlob(oid: string): Promise<void> {
    const { size, mtimeMs } = await stat(join(this.#folders.blobs, oid));
    this.#kept = { ...this.#kept, blobs: { ...this.#kept.blobs, [oid]: { bytes: size, mtimeMs } } };
    await this.#write();
  }

  async addSnapshot(commit: string, wanted: string, files: Readonly<Record<string, string>>): Promise<void> {
    this.#kept = { ...this.#kept, snapshots: { ...this.#kept.snapshots, [commit]: { wanted, files } } };
    await this.#write();
  }

  async #write(): Promise<void> {
    const half = `${this.#folders.record}.${process.pid}`;
    await writeFile(half, JSON.stringify(this.#kept));
    await rename(half, this.#folders.record);
  }
}

const parsed = (text: string | undefined): z.output<typeof schema> | undefined => {
  try {
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};
