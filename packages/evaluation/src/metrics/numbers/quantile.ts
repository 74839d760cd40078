import type { Numbers } from "../metric.ts";

/** The value below which a share of the values lies, between two of them by straight line, as numpy's `quantile`. NaN of nothing. */
export const quantile = (values: Numbers, share: number): number => {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] ?? Number.NaN, sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN];
  return low + (high - low) * (place - below);
};

export const median = (values: Numbers): number => quantile(values, 0.5);
