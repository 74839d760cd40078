import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { downloadMinutes, isNoSpace, type DownloadProgress } from "@aide-ts/backend-kit";
import { AideError, messageOf } from "@aide-ts/plugin";
import { lock } from "@aide-ts/process-lock";
import { checkSpace } from "../disk-space.ts";
import { diskFull, libraryNotInstalled } from "../errors.ts";
import type { Installation } from "./lock.ts";
import { installLocked, type Variables } from "./npm.ts";

export interface InstallOptions {
  readonly env: Variables;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Whether all that a variant needs lies in `folder`. */
export const isInstalled = async (folder: string, { packages }: Pick<Installation, "packages">): Promise<boolean> => {
  const manifests = packages.map((name) => access(join(folder, "node_modules", name, "package.json")));
  return (await Promise.allSettled(manifests)).every(({ status }) => status === "fulfilled");
};

const fill = async (partial: string, wanted: Installation, options: InstallOptions): Promise<void> => {
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  await writeFile(join(partial, "package.json"), wanted.manifest);
  await writeFile(join(partial, "package-lock.json"), wanted.lock);
  await installLocked(partial, wanted.title, { env: options.env, signal: options.signal });
  if (!(await isInstalled(partial, wanted)))
    throw libraryNotInstalled(wanted.title, { reason: "npm reported success and left packages out" });
};

const installed = async (folder: string, wanted: Installation, options: InstallOptions): Promise<void> => {
  const { signal, onProgress } = options;
  await mkdir(dirname(folder), { recursive: true });
  await using _lock = await lock(`${folder}.lock`, {
    signal,
    onWait: (owner) => onProgress?.({ kind: "waiting", pid: owner === undefined ? "unknown" : String(owner.pid) }),
  });
  if (await isInstalled(folder, wanted)) return;
  const { title, bytes, unpacked } = wanted;
  const freeBytes = await checkSpace(title, dirname(folder), bytes + unpacked, megabytes);
  onProgress?.({ kind: "start", bytes, have: 0, freeBytes, minutes: downloadMinutes(bytes) });
  const partial = `${folder}.partial`;
  await fill(partial, wanted, options);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
};

/**
 * Installs a variant into `folder`, which takes its name only when all of it is there. A second process waits for the first.
 *
 * Rejects with `AIDE_DISK_FULL`, `AIDE_LLAMACPP_INSTALL`, `AIDE_LLAMACPP_DOWNLOAD` or `AIDE_LLAMACPP_CHECKSUM`, and with the signal's reason.
 */
export const install = async (folder: string, wanted: Installation, options: InstallOptions): Promise<void> => {
  try {
    await installed(folder, wanted, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (AideError.is(error)) throw error;
    if (isNoSpace(error)) throw diskFull(wanted.title, dirname(folder), {}, error);
    throw libraryNotInstalled(wanted.title, { folder: dirname(folder), reason: messageOf(error) });
  }
};
