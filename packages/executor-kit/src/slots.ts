import pLimit from "p-limit";
import { orAborted } from "@aide-ts/plugin";

/** Does a piece of work when its turn comes. Work that is aborted while it waits is rejected at once, and never begins. */
export type Slots = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** So many at once, in the order in which they came. */
export const slotsOf = (atOnce: number): Slots => {
  const limit = pLimit(atOnce);
  return async (work, signal) => {
    const begun = Promise.withResolvers<void>();
    const done = limit(async () => {
      signal.throwIfAborted();
      begun.resolve();
      return work();
    });
    // The caller gets a failure below, unless it no longer waits.
    done.catch(() => {});
    await orAborted(begun.promise, signal);
    return done;
  };
};
