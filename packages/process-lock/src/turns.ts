import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { tryLock, type HeldLock } from "./lock.ts";

const pollMs = 50;
/** Every so many looks it is seen whether those who hold turns still live. In between the folder's names are enough, for hardly any of the time. */
const looksPerCheck = 40;

export interface SharedTurns {
  /** Turns that are held at once. */
  readonly atOnce: number;
  /** Waits until one is free; it is given back when disposed of, and where the process ends. Rejects with the signal's reason when that fires. */
  take(signal: AbortSignal): Promise<AsyncDisposable>;
}

/** Turns that all processes share which name the same folder, `atOnce` of them: a lock file for each. Who has waited longest is not always next. */
export const turnsIn = (folder: string, atOnce: number): SharedTurns => ({
  atOnce,
  async take(signal) {
    await mkdir(folder, { recursive: true });
    for (let look = 0; ; look++) {
      signal.throwIfAborted();
      const taken = look % looksPerCheck === 0 ? [] : await readdir(folder);
      const held = await anyOf(folder, atOnce, new Set(taken));
      if (held !== undefined) return held;
      await pause(pollMs, undefined, { signal }).catch(() => undefined);
    }
  },
});

const anyOf = async (folder: string, count: number, taken: ReadonlySet<string>): Promise<HeldLock | undefined> => {
  for (let at = 0; at < count; at++) {
    const name = `turn-${at}.lock`;
    if (taken.has(name)) continue;
    const attempt = await tryLock(join(folder, name));
    if (attempt.kind === "held") return attempt;
  }
  return undefined;
};
