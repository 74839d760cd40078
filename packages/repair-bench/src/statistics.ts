/** Of the standard normal distribution: 95 % of it lies within so many standard deviations. */
const within95 = 1.959963984540054;

/** The 95 % interval of a rate of which `count` of `all` were seen (Wilson 1927), both ends between 0 and 1. `all` is at least 1. */
export const wilsonInterval = (count: number, all: number): readonly [low: number, high: number] => {
  const rate = count / all;
  const z2 = within95 ** 2 / all;
  const middle = rate + z2 / 2;
  const half = within95 * Math.sqrt((rate * (1 - rate)) / all + z2 / (4 * all));
  // Rounding may not push an end past the rate, and so not past 0 or 1.
  return [Math.min(rate, (middle - half) / (1 + z2)), Math.max(rate, (middle + half) / (1 + z2))];
};

/**
 * How likely pairs that differ fall to the two sides at least as unevenly, if each side were as likely: McNemar's test (1947), exact and two-sided. 1 without any
 * such pair.
 */
export const exactMcNemar = (ours: number, theirs: number): number => {
  const pairs = ours + theirs;
  let ways = 1;
  let tail = 0;
  for (let few = 0; few <= Math.min(ours, theirs); few++) {
    tail += ways;
    ways = (ways * (pairs - few)) / (few + 1);
  }
  return Math.min(1, (2 * tail) / 2 ** pairs);
};

/** p-values of one family, each raised so that the chance of any false finding stays what it is for one (Holm 1979). In the order given. */
export const holm = (values: readonly number[]): readonly number[] => {
  const order = values.map((value, at) => ({ value, at })).toSorted((a, b) => a.value - b.value);
  const adjusted = Array.from(values);
  let least = 0;
  for (const [rank, { value, at }] of order.entries()) {
    least = Math.max(least, Math.min(1, value * (values.length - rank)));
    adjusted[at] = least;
  }
  return adjusted;
};
