import { createHash, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { identify, isAlive } from "./identity.ts";

/** A heartbeat that is older than this is that of a dead process, or of a host that is gone. */
const staleMs = 60_000;

/** Who holds a lock. `start` is missing where the system does not show when a process started. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly start?: string | undefined;
}

/** The text of a lock of this process. No two are equal, so that a lock is distinguished from an earlier one of the same process. */
export const signature = async (): Promise<string> => {
  const { pid } = process;
  const owner: Owner = { host: hostname(), pid, start: (await identify(pid))?.start };
  return JSON.stringify({ ...owner, id: randomUUID() });
};

/** Who wrote the text of a lock; `undefined` where it does not say. */
export const readOwner = (text: string): Owner | undefined => {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof found !== "object" || found === null || !("host" in found) || !("pid" in found)) return undefined;
  const { host, pid } = found;
  const start = "start" in found && typeof found.start === "string" ? found.start : undefined;
  if (typeof host !== "string" || typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return undefined;
  return { host, pid, start };
};

/** Names one lock among all that ever lie at the same path. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Whether no one holds this lock any more. Of processes of other hosts only the heartbeat, in milliseconds since 1970, is known. */
export const isAbandoned = async (owner: Owner | undefined, heartbeat: number): Promise<boolean> =>
  owner?.host === hostname() ? !(await isAlive(owner)) : Date.now() - heartbeat > staleMs;
