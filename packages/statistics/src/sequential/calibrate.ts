import { drawsFrom } from "../random.ts";

/** How strict early looks are: `obrien-fleming` very, `pocock` as much as the last. */
export type Shape = "obrien-fleming" | "pocock";

export interface Looks {
  /** Blocks of seeds; there is a look after each. */
  readonly blocks: number;
  readonly shape: Shape;
}

/** The paired t on the means of so many tasks, looked at after each block of seeds. */
export interface SequentialTest {
  /**
   * A p-value that holds at whichever look one stops: the chance, where nothing differs, that any of all looks shows as much as the most
   * that was seen. It never rises, so Holm over several of them holds too.
   * @param statistics t at each look so far
   */
  readonly p: (statistics: readonly number[]) => number;
  /** What |t| must reach at a look, counted from 1, for a p of at most `alpha`; intervals at that look are as many standard errors wide. */
  readonly bound: (look: number, alpha: number) => number;
}

/** Tables drawn to calibrate; a p of 0.05 is known to 0.0005, one of 0.007 to 0.0002. */
const tables = 200_000;

/**
 * Calibrates looks by simulation for the very test, its degrees of freedom and its looks, by the shapes of O'Brien and Fleming (1979) and of
 * Pocock (1977) for t. The tables drawn have no task × arm variation: looks are least alike then, so that what holds for them holds with it.
 */
export const calibrate = (tasks: number, { blocks, shape }: Looks, seed = 1): SequentialTest => {
  const asked = Array.from({ length: blocks }, (_, at) => (shape === "pocock" ? 1 : Math.sqrt(blocks / (at + 1))));
  const draws = drawsFrom(seed);
  const sums = new Float64Array(tasks);
  // For each table the most that any look shows, in units of what its look asks.
  const shown = new Float64Array(tables);
  for (let table = 0; table < tables; table += 1) {
    sums.fill(0);
    let most = 0;
    for (const unit of asked) {
      for (let task = 0; task < tasks; task += 1) sums[task] = (sums[task] ?? 0) + draws.normal();
      most = Math.max(most, Math.abs(statistic(sums)) / unit);
    }
    shown[table] = most;
  }
  shown.sort();
  return {
    p: (statistics) => {
      const most = Math.max(0, ...statistics.map((t, at) => Math.abs(t) / (asked[at] ?? 1)));
      return (1 + reaching(shown, most)) / (1 + tables);
    },
    bound: (look, alpha) => (shown[Math.ceil((1 - alpha) * tables)] ?? Infinity) * (asked[look - 1] ?? 1),
  };
};

/** t of the mean; the same for sums over blocks as for their means. */
const statistic = (values: Float64Array): number => {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const n = values.length;
  return sum / Math.sqrt((n * squares - sum * sum) / (n - 1));
};

/** How many of these, ascending, are at least as large. */
const reaching = (ascending: Float64Array, bound: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return ascending.length - low;
};

/** The looks' test for any number of tasks, calibrated once for each. */
export const calibrated = (looks: Looks): ((tasks: number) => SequentialTest) => {
  const known = new Map<number, SequentialTest>();
  return (tasks) => {
    const test = known.get(tasks) ?? calibrate(tasks, looks);
    known.set(tasks, test);
    return test;
  };
};
