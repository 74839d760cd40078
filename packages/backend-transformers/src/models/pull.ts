import { mkdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { diskSpaceFor, downloadMinutes, isNoSpace } from "@aide-ts/backend-kit";
import { AideError } from "@aide-ts/plugin";
import { lock } from "@aide-ts/process-lock";
import { checksumOf } from "./checksum.ts";
import { chooseFiles, type Wanted } from "./choose-files.ts";
import { download, lengthOf, sizeOf, type Source } from "./download.ts";
import { asFailure, tooLarge } from "./failures.ts";
import { findSnapshot, isOffline, knownCommit } from "./find.ts";
import { Hub, type ListedFile } from "./hub.ts";
import { persistently } from "./persistently.ts";
import { Meter, type SnapshotProgress } from "./progress.ts";
import { VerifiedRecord } from "./record.ts";
import { Refusal } from "./refusal.ts";
import {
  asRepository,
  cacheOf,
  commitPattern,
  foldersOf,
  shown,
  type Repository,
  type Variables,
} from "./repository.ts";
import { noModel, diskFull, wrongChecksum } from "../errors.ts";

export interface SnapshotOptions extends Wanted {
  /** Branch, tag or commit. Default: what follows an `@` in the name, else `main`. */
  readonly revision?: string | undefined;
  /** Default: this process's. Read: HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE, and where the cache is. */
  readonly env?: Variables;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: SnapshotProgress) => void;
}

/**
 * Fetches a model into Hugging Face's own cache, in its own layout, so that transformers and vLLM find it offline, and gives the snapshot's folder. A
 * download that was cut goes on where it stopped; each file takes its final name only with the checksum that the hub lists; a snapshot that is whole is
 * not fetched or read again. A second process that pulls the same model waits for the first. With HF_HUB_OFFLINE the network is not touched.
 *
 * Layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
 *
 * @param name `owner/name`, `owner/name@revision` or a short name as `deepseek-7b`.
 * Rejects with AIDE_MODEL_NAME, AIDE_MODEL_NOT_PULLED, AIDE_MODEL_UNKNOWN, AIDE_MODEL_GATED, AIDE_MODEL_REVISION, AIDE_MODEL_DOWNLOAD,
 * AIDE_MODEL_CHECKSUM, AIDE_HUB_ADDRESS, AIDE_HUB_LISTING, AIDE_DISK_FULL, and the signal's reason.
 */
export const pullSnapshot = async (name: string, options: SnapshotOptions = {}): Promise<string> => {
  const { env = process.env, signal, onProgress, only, skip } = options;
  const repository = asRepository(name, options.revision);
  if (isOffline(env)) {
    const path = await findSnapshot(shown(repository), env);
    onProgress?.({ kind: "ready", path });
    return path;
  }
  const hub = new Hub(env, signal);
  const pull = new Pull(repository, hub, cacheOf(env), { only, skip }, signal, (progress) => onProgress?.(progress));
  try {
    return await pull.run();
  } catch (error) {
    signal?.throwIfAborted();
    if (isNoSpace(error)) throw diskFull(repository, { folder: pull.folder }, error);
    // What the file system says is about this machine, not about the hub.
    if (error instanceof Error && "syscall" in error && "path" in error) throw error;
    throw asFailure(error, repository, hub);
  }
};

class Pull {
  readonly #repository: Repository;
  readonly #hub: Hub;
  readonly #cache: string;
  readonly #wanted: Wanted;
  readonly #signal: AbortSignal | undefined;
  readonly #report: (progress: SnapshotProgress) => void;
  readonly #folders;

  constructor(
    repository: Repository,
    hub: Hub,
    cache: string,
    wanted: Wanted,
    signal: AbortSignal | undefined,
    report: (progress: SnapshotProgress) => void,
  ) {
    this.#repository = repository;
    this.#hub = hub;
    this.#cache = cache;
    this.#wanted = wanted;
    this.#signal = signal;
    this.#report = report;
    this.#folders = foldersOf(repository, cache);
  }

  get folder(): string {
    return this.#folders.folder;
  }

  async run(): Promise<string> {
    const commit = await this.#commit();
    if (await this.#isComplete(commit)) return await this.#ready(commit);
    const files = chooseFiles(await this.#ask(() => this.#hub.filesOf(this.#repository, commit)), this.#wanted);
    if (!files.some(({ path }) => path === "config.json")) throw noModel(this.#repository, this.#hub, files);
    const { own, blobs, lock: path } = this.#folders;
    for (const folder of [own, blobs]) await mkdir(folder, { recursive: true });
    await using _lock = await lock(path, {
      signal: this.#signal,
      onWait: (owner) => this.#report({ kind: "waiting", pid: owner === undefined ? "unknown" : String(owner.pid) }),
    });
    if (!(await this.#isComplete(commit))) await this.#fetch(commit, files);
    return await this.#ready(commit);
  }

  /** The revision's commit; the one that is here whole where the hub cannot be reached. */
  async #commit(): Promise<string> {
    const { revision } = this.#repository;
    if (commitPattern.test(revision) && (await this.#isComplete(revision))) return revision;
    try {
      return await this.#ask(() => this.#hub.commitOf(this.#repository));
    } catch (error) {
      if (AideError.is(error) || (error instanceof Refusal && error.final)) throw error;
      const known = await knownCommit(this.#repository, this.#cache);
      if (known === undefined || !(await this.#isComplete(known))) throw error;
      this.#report({ kind: "unasked", reason: this.#hub.reasonOf(error) });
      return known;
    }
  }

  #ask<T>(request: () => Promise<T>): Promise<T> {
    return persistently(request, { signal: this.#signal });
  }

  get #choice(): string {
    return JSON.stringify([this.#wanted.only ?? [], this.#wanted.skip ?? []]);
  }

  async #isComplete(commit: string): Promise<boolean> {
    return await (await VerifiedRecord.open(this.#folders)).hasSnapshot(commit, this.#choice);
  }

  async #fetch(commit: string, files: readonly ListedFile[]): Promise<void> {
    const record = await VerifiedRecord.open(this.#folders);
    const blobs = [...new Map(files.map((file) => [file.oid, file])).values()];
    const total = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
    let have = 0;
    for (const { oid, bytes } of blobs)
      have += Math.min(bytes, (await lengthOf(this.#blob(oid))) || (await lengthOf(this.#partial(oid))));
    const freeBytes = await this.#checkSpace(total - have);
    const minutes = downloadMinutes(total - have);
    this.#report({ kind: "start", bytes: total, have, freeBytes, minutes, files: files.length });
    const source = {
      hub: this.#hub,
      repository: this.#repository,
      commit,
      meter: new Meter(have, total, this.#report),
      signal: this.#signal,
    };
    let verified = 0;
    for (const file of blobs) {
      await this.#bring(source, file, record);
      this.#report({ kind: "verify", bytes: (verified += file.bytes), total });
    }
    for (const file of files) await this.#link(commit, file);
    await record.addSnapshot(commit, this.#choice, Object.fromEntries(files.map(({ path, oid }) => [path, oid])));
  }

  /** The blob of a file under its final name, with the right checksum. */
  async #bring(source: Source, file: ListedFile, record: VerifiedRecord): Promise<void> {
    if (await record.hasBlob(file.oid)) return;
    const [blob, partial] = [this.#blob(file.oid), this.#partial(file.oid)];
    // Another program put it there, or changed it: it is used if it is the right one.
    const size = await sizeOf(blob);
    const found = size === file.bytes ? await this.#checksum(blob, file) : undefined;
    if (found !== file.oid) {
      source.meter.bytes -= Math.min(file.bytes, size ?? 0);
      await rm(blob, { force: true });
      await download(source, file, partial);
      const arrived = await this.#checksum(partial, file);
      if (arrived !== file.oid) {
        await rm(partial, { force: true });
        throw wrongChecksum(this.#repository, file, arrived);
      }
      await rename(partial, blob);
    }
    await record.addBlob(file.oid);
  }

  #checksum(path: string, file: ListedFile): Promise<string> {
    return checksumOf(path, file, this.#signal);
  }

  async #link(commit: string, { path, oid }: ListedFile): Promise<void> {
    const link = join(this.#folders.snapshot(commit), path);
    const target = relative(dirname(link), this.#blob(oid));
    if ((await readlink(link).catch(() => undefined)) === target) return;
    await mkdir(dirname(link), { recursive: true });
    await rm(link, { force: true });
    await symlink(target, link);
  }

  /** Last of all, the revision points to the snapshot: what is found by it is whole. */
  async #ready(commit: string): Promise<string> {
    const { ref, snapshot } = this.#folders;
    if (commit !== this.#repository.revision && (await knownCommit(this.#repository, this.#cache)) !== commit) {
      await mkdir(dirname(ref), { recursive: true });
      const half = `${ref}.${process.pid}.incomplete`;
      await writeFile(half, commit);
      await rename(half, ref);
    }
    const path = snapshot(commit);
    this.#report({ kind: "ready", path });
    return path;
  }

  async #checkSpace(missing: number): Promise<number> {
    const { fits, needed, freeBytes } = await diskSpaceFor(missing, this.#folders.folder);
    if (missing > 0 && !fits) throw tooLarge(this.#repository, this.#folders.folder, needed, freeBytes);
    return freeBytes;
  }

  #blob(oid: string): string {
    return join(this.#folders.blobs, oid);
  }

  #partial(oid: string): string {
    return `${this.#blob(oid)}.incomplete`;
  }
}
