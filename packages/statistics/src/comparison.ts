/** From its lower to its upper end; infinite where the data exclude nothing. */
export type Interval = readonly [number, number];

/** What a test says of a difference. */
export interface Comparison {
  readonly estimate: number;
  /** Two-sided. */
  readonly p: number;
  /** All differences that the same test would not reject at `1 − level`. */
  readonly interval: Interval;
  /** Of the interval, as 0.95. */
  readonly level: number;
}

/** How a randomisation test draws. */
export interface Drawing {
  readonly seed: number;
  /** Of the interval, 0.95 unless another is asked for. */
  readonly level?: number | undefined;
  /** Drawn where there are too many to look at each: p is a multiple of 1 / (one more); 19,999 by default. */
  readonly relabellings?: number | undefined;
}
