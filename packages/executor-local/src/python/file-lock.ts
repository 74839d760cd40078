import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode } from "../machine/file-errors.ts";
import { identify, identity, isAlive } from "../machine/identity.ts";

const holder = async (path: string): Promise<"alive" | "dead" | "gone"> => {
  try {
    const known = identity.safeParse(JSON.parse(await readFile(path, "utf8")));
    return known.success && (await isAlive(known.data)) ? "alive" : "dead";
  } catch (error) {
    return errorCode(error) === "ENOENT" ? "gone" : "dead";
  }
};

const tryTake = async (path: string, mine: string): Promise<boolean> => {
  try {
    await writeFile(path, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return false;
  }
};

/**
 * Runs `work` while no other process does so under the same path. The lock of a process that died is taken over.
 * @param onWait called once when another process holds it.
 */
export const withFileLock = async <T>(
  path: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onWait: () => void },
  work: () => Promise<T>,
): Promise<T> => {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify((await identify(process.pid)) ?? { pid: process.pid, start: "unknown" });
  let deadSeen = 0;
  for (let round = 0; !(await tryTake(path, mine)); round++) {
    options.signal?.throwIfAborted();
    if (round === 0) options.onWait();
    // Twice: the file of a live process is empty for a moment after it was made.
    deadSeen = (await holder(path)) === "dead" ? deadSeen + 1 : 0;
    if (deadSeen >= 2) {
      // Only one of several that wait can move it away.
      const aside = `${path}.${process.pid}`;
      await rename(path, aside).catch((error: unknown) => {
        if (errorCode(error) !== "ENOENT") throw error;
      });
      await rm(aside, { force: true });
      deadSeen = 0;
    } else await pause(200, undefined, { signal: options.signal });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};
