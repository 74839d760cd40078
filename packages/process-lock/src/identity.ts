import { seenByPs, seenInProc, type Sighting } from "./start-time.ts";

/** A process, distinguished from a later one with the same number by when it started. */
export interface Identity {
  readonly pid: number;
  readonly start: string;
}

const answersSignals = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
};

/** Processes of other users may be hidden, and some systems have neither `/proc` nor `ps`: a signal then says whether one is there. */
const find = async (pid: number): Promise<Exclude<Sighting, { kind: "unseen" }>> => {
  const seen = await (process.platform === "linux" ? seenInProc(pid) : seenByPs(pid));
  if (seen.kind !== "unseen") return seen;
  return answersSignals(pid) ? { kind: "running" } : { kind: "gone" };
};

/** `undefined` where no such process runs, or where the system does not show when it started. */
export const identify = async (pid: number): Promise<Identity | undefined> => {
  const found = await find(pid);
  return found.kind === "gone" || found.start === undefined ? undefined : { pid, start: found.start };
};

/** Whether this very process still runs; a zombie does not. Without a start, here or in the system, any process of that number counts. */
export const isAlive = async (known: {
  readonly pid: number;
  readonly start?: string | undefined;
}): Promise<boolean> => {
  const found = await find(known.pid);
  if (found.kind === "gone") return false;
  return found.start === undefined || known.start === undefined || found.start === known.start;
};

export const errorCode = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;
