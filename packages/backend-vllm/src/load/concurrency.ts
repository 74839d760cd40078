import type { Load } from "./metrics.ts";

/** Waiting calls, as a share of those that run, which keep a server busy. More only wait. */
const queueShare = 0.1;

export interface Seen {
  readonly limit: number;
  /** Every slot is taken, and calls wait for one. */
  readonly full: boolean;
  readonly now: Load;
  readonly before: Load | undefined;
}

/**
 * How many calls a server should be given at a time: more while all are taken and it keeps up, fewer when it has to throw cached prefixes out
 * again, and no more of a queue than keeps it busy.
 */
export const nextLimit = ({ limit, full, now, before }: Seen, most: number): number => {
  const preempted = before !== undefined && now.preemptions > before.preemptions;
  const queue = Math.max(1, Math.ceil(now.running * queueShare));
  if (preempted) return Math.max(1, Math.floor(limit * 0.75));
  if (now.waiting > queue) return Math.max(1, Math.min(limit, now.running + queue));
  if (full && now.cacheUse < 0.95) return Math.min(most, limit + Math.max(4, Math.ceil(limit / 4)));
  return limit;
};
