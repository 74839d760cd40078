import { setTimeout } from "node:timers/promises";

/** Rejects when the signal fires. */
export const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await setTimeout(milliseconds, undefined, { signal });
};
