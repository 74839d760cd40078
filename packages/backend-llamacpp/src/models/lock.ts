import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 5_000;
const STALE_MS = 60_000;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const isAbandoned = async (path: string, owner: string): Promise<boolean> => {
  const [pid, host] = owner.split(" ");
  if (host === hostname() && !isRunning(Number(pid))) return true;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > STALE_MS;
};

/** Moves an abandoned lock away. Another process may have replaced it in between: what was moved is then put back. */
const clear = async (path: string, owner: string): Promise<void> => {
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => undefined);
  if (moved !== undefined && moved !== owner) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

const own = `${process.pid} ${hostname()}`;

const claim = async (path: string): Promise<boolean> => {
  try {
    await writeFile(path, `${own} ${Date.now()}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
};

/**
 * Holds a lock file until disposed. A lock whose process is gone, or that was not touched for a minute, is taken over.
 * Rejects with the signal's reason when `signal` fires while it waits.
 */
export const lockFile = async (
  path: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onWait?: (owner: string) => void } = {},
): Promise<AsyncDisposable> => {
  let told = false;
  while (!(await claim(path))) {
    const owner = await readFile(path, "utf8").catch(() => undefined);
    if (owner === undefined) continue;
    if (await isAbandoned(path, owner)) {
      await clear(path, owner);
      continue;
    }
    if (!told) options.onWait?.(owner.split(" ")[0] ?? "");
    told = true;
    await sleep(200, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), BEAT_MS).unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      await rm(path, { force: true });
    },
  };
};
