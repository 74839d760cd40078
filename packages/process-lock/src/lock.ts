import { setTimeout as pause } from "node:timers/promises";
import { createLock, readLock, removeLock, replaceLock, touchLock } from "./lock-file.ts";
import { digest, isAbandoned, readOwner, signature, type Owner } from "./owner.ts";

const heartbeatMs = 5000;
const pollMs = 200;

export interface HeldLock extends AsyncDisposable {
  readonly kind: "held";
}

export interface BusyLock {
  readonly kind: "busy";
  /** `undefined` where the file at the path does not say. */
  readonly owner: Owner | undefined;
}

/**
 * Puts a lock of ours at the path: gives its text, or whom it belongs to instead.
 *
 * A dead lock is replaced in its place, by the one that holds a lock named after it and finds the dead one still there. So whoever comes late cannot
 * take away what another put there, and a process that dies in between leaves just another dead lock.
 */
const seize = async (path: string): Promise<BusyLock | { readonly kind: "seized"; readonly text: string }> => {
  for (;;) {
    const found = await readLock(path);
    if (found === undefined) {
      const text = await signature();
      if (await createLock(path, text)) return { kind: "seized", text };
      continue;
    }
    const owner = readOwner(found.text);
    if (!(await isAbandoned(owner, found.heartbeat))) return { kind: "busy", owner };
    const succession = `${path}.${digest(found.text)}`;
    const ours = await seize(succession);
    if (ours.kind === "busy") return ours;
    try {
      const still = await readLock(path);
      if (still?.text !== found.text || !(await isAbandoned(owner, still.heartbeat))) continue;
      const text = await signature();
      await replaceLock(path, text);
      return { kind: "seized", text };
    } finally {
      await removeLock(succession, ours.text);
    }
  }
};

/**
 * Takes the lock at `path`, a file in a folder that exists, or says who holds it. It is held until it is disposed of or the process ends, however it ends:
 * the lock of a process of this host that no longer runs is taken over at once, that of another host when it shows no sign of life for a minute.
 * Rejects with what the file system says.
 */
export const tryLock = async (path: string): Promise<HeldLock | BusyLock> => {
  const seized = await seize(path);
  if (seized.kind === "busy") return seized;
  const { text } = seized;
  const heartbeat = setInterval(() => void touchLock(path, text).catch(() => undefined), heartbeatMs).unref();
  return {
    kind: "held",
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      await removeLock(path, text);
    },
  };
};

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when another holds the lock. */
  readonly onWait?: ((owner: Owner | undefined) => void) | undefined;
}

/** As `tryLock`, and waits while another holds it. Rejects with the signal's reason when `signal` fires meanwhile. */
export const lock = async (path: string, { signal, onWait }: WaitOptions = {}): Promise<AsyncDisposable> => {
  for (let reported = false; ; reported = true) {
    signal?.throwIfAborted();
    const attempt = await tryLock(path);
    if (attempt.kind === "held") return attempt;
    if (!reported) onWait?.(attempt.owner);
    await pause(pollMs, undefined, { signal }).catch(() => undefined);
  }
};
