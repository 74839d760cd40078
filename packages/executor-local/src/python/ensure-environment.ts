import { mkdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { lock as lockPath } from "@aide-ts/process-lock";
import { asFolderError } from "@aide-ts/executor-kit";
import type { Variables } from "../process-environment.ts";
import { checkPackages, knownPackages } from "./check-packages.ts";
import { DownloadMeter } from "./download-meter.ts";
import { findPython, type FoundPython } from "./find-python.ts";
import { install } from "./install.ts";
import { lockFile, type LockFile } from "./lock-file.ts";
import { readReady, recall, remember, writeReady, type PythonEnvironment } from "./ready.ts";
import { asMinor } from "./shipped.ts";
import { diskTooSmall } from "../errors.ts";

export type EnvironmentProgress =
  | {
      readonly kind: "start";
      readonly python: string;
      readonly downloadBytes: number;
      readonly installedBytes: number;
      readonly freeBytes: number;
      readonly minutes: number;
      /** All of this in a sentence. */
      readonly summary: string;
    }
  | { readonly kind: "progress"; readonly bytes: number; readonly total: number; readonly bytesPerSecond: number }
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "ready"; readonly python: string };

export interface EnvironmentRequest {
  readonly cacheFolder: string;
  /** An interpreter's path, or a version as "3.12"; default: the first that is found. */
  readonly python?: string | undefined;
  /** What installers may see: PATH, proxies, certificates. */
  readonly env: Variables;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: EnvironmentProgress) => void;
}

const mb = 1_000_000;

/** Assumes 4 MB/s. */
const minutesFor = (lock: LockFile): number => Math.max(1, Math.ceil(lock.downloadBytes / (4 * mb) / 60 + 0.5));

const announce = async (folder: string, python: FoundPython, lock: LockFile): Promise<EnvironmentProgress> => {
  const disk = await statfs(folder);
  const freeBytes = disk.bavail * disk.bsize;
  const neededBytes = Math.ceil(1.1 * (lock.downloadBytes + lock.installedBytes));
  if (freeBytes < neededBytes) throw diskTooSmall(Math.ceil(neededBytes / mb), Math.floor(freeBytes / mb), folder);
  const { downloadBytes, installedBytes } = lock;
  const minutes = minutesFor(lock);
  const summary = `Installing packages for Python ${python.version}: about ${Math.round(downloadBytes / mb)} MB to download, ${Math.round(installedBytes / mb)} MB on disk (${Math.floor(freeBytes / mb)} MB free), ${minutes} to ${2 * minutes} minutes, once.`;
  return { kind: "start", python: python.version, downloadBytes, installedBytes, freeBytes, minutes, summary };
};

/** Packages that failed before are tried again, as their cause may have been removed; so are those that nobody asked for when it was built. */
const checkAgain = async (
  ready: PythonEnvironment,
  lock: LockFile,
  request: EnvironmentRequest,
): Promise<PythonEnvironment> => {
  const { folder, version } = ready;
  const found = new Set(ready.packages.map(({ name }) => name));
  const only = knownPackages.filter((name) => !found.has(name));
  if (only.length === 0) return ready;
  const again = await checkPackages({ folder, version, env: request.env, signal: request.signal, only });
  const packages = [...ready.packages, ...again.packages];
  const problems = [...again.problems];
  if (again.packages.length > 0 || problems.length > ready.problems.length)
    await writeReady(folder, { lock: lock.hash, version, packages, problems });
  return { ...ready, packages, problems };
};

const build = async (
  folder: string,
  python: FoundPython,
  lock: LockFile,
  request: EnvironmentRequest,
): Promise<PythonEnvironment> => {
  const { env, signal } = request;
  const report = request.onProgress ?? (() => {});
  report(await announce(join(request.cacheFolder, "python"), python, lock));
  const meter = new DownloadMeter();
  const began = performance.now();
  const onLine = (line: string): void => {
    const bytes = meter.read(line);
    const total = lock.downloadBytes;
    if (bytes === undefined) return;
    const bytesPerSecond = Math.round((1000 * bytes) / Math.max(1, performance.now() - began));
    report({ kind: "progress", bytes: Math.min(bytes, total), total, bytesPerSecond });
  };
  await install({ folder, python, lock, env, signal, onLine, onNews: (text) => report({ kind: "line", text }) });
  report({ kind: "line", text: "Checking that each package can be imported." });
  const checked = await checkPackages({ folder, version: python.version, env, signal });
  await writeReady(folder, {
    lock: lock.hash,
    version: python.version,
    packages: [...checked.packages],
    problems: [...checked.problems],
  });
  const ready = await readReady(folder, lock.hash);
  if (ready === undefined) throw new Error(`${folder} was built and cannot be read back`);
  report({ kind: "ready", python: python.version });
  return ready;
};

const ensure = async (request: EnvironmentRequest): Promise<PythonEnvironment> => {
  const root = join(request.cacheFolder, "python");
  const wish = request.python;
  const folderFor = (minor: string, lock: LockFile): string => join(root, `${minor}-${lock.hash}`);

  const chosen = await recall(root, wish);
  const known = chosen === undefined ? undefined : asMinor(chosen);
  if (known !== undefined) {
    const lock = await lockFile(known);
    const ready = await readReady(folderFor(known, lock), lock.hash);
    if (ready !== undefined) return checkAgain(ready, lock, request);
  }

  await mkdir(root, { recursive: true });
  const python = await findPython({ wanted: request.python, env: request.env });
  const lock = await lockFile(python.minor);
  const folder = folderFor(python.minor, lock);
  const onWait = (): void =>
    request.onProgress?.({ kind: "line", text: "Another aide is setting up Python; waiting for it." });
  await using _held = await lockPath(`${folder}.lock`, { signal: request.signal, onWait });
  const ready = await readReady(folder, lock.hash);
  const environment = await (ready === undefined
    ? build(folder, python, lock, request)
    : checkAgain(ready, lock, request));
  await remember(root, wish, python.minor);
  return environment;
};

/**
 * The Python environment below `<cacheFolder>/python/`, built on the first call and only looked up afterwards (no process is started then).
 * Safe to call from several processes at once.
 * @throws AideError `AIDE_PYTHON_NOT_FOUND`, `AIDE_PYTHON_NO_VENV`, `AIDE_PYTHON_PACKAGES`, `AIDE_DISK_FULL`, `AIDE_FOLDER_UNWRITABLE`.
 */
export const ensureEnvironment = async (request: EnvironmentRequest): Promise<PythonEnvironment> => {
  try {
    return await ensure(request);
  } catch (error) {
    request.signal?.throwIfAborted();
    throw asFolderError(error, request.cacheFolder);
  }
};
