import { setTimeout } from "node:timers/promises";

/** Milliseconds that only go forward. The one place where a run meets time, so that tests can own it. */
export interface Clock {
  now(): number;
}

export const monotonicClock: Clock = { now: () => performance.now() };

/** Rejects when the signal fires. */
export const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await setTimeout(milliseconds, undefined, { signal });
};
