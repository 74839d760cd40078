import type { Numbers } from "../metric.ts";

/** Values in order, each once, and how many of all are less than each. */
export interface Order {
  readonly distinct: Float64Array;
  /** One more than there are distinct values: the last is how many there are of all. */
  readonly below: Float64Array;
}

export const orderOf = (values: Numbers): Order => orderOfSorted(Float64Array.from(values).sort());

export const orderOfSorted = (sorted: Float64Array): Order => {
  const distinct = new Float64Array(sorted.length);
  const below = new Float64Array(sorted.length + 1);
  let found = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at > 0 && sorted[at] === sorted[at - 1]) continue;
    distinct[found] = sorted[at] ?? Number.NaN;
    below[found++] = at;
  }
  below[found] = sorted.length;
  return { distinct: distinct.subarray(0, found), below: below.subarray(0, found + 1) };
};

/** The place of a value among the distinct ones, from 0. */
export const placeIn = ({ distinct }: Pick<Order, "distinct">, value: number): number => {
  let [low, high] = [0, distinct.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((distinct[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Ranks from 1; equal values share the mean of theirs. */
export const ranks = (values: Numbers): Float64Array => {
  const order = orderOf(values);
  const { below } = order;
  const ranked = new Float64Array(values.length);
  for (let at = 0; at < ranked.length; at++) {
    const place = placeIn(order, values[at] ?? Number.NaN);
    ranked[at] = ((below[place] ?? 0) + 1 + (below[place + 1] ?? 0)) / 2;
  }
  return ranked;
};
