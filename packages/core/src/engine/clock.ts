/** Milliseconds that only go forward. The one place where a run meets time, so that tests can own it. */
export interface Clock {
  now(): number;
}

export const monotonicClock: Clock = { now: () => performance.now() };
