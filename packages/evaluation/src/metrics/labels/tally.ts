import type { Numbers } from "../metric.ts";

/** How often each class is true, is predicted, and is both; by the class's index. */
export interface Tally {
  readonly rows: number;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly hits: Float64Array;
}

export const tally = (truth: Numbers, predicted: Numbers): Tally => {
  let last = 1;
  for (let at = 0; at < truth.length; at++) last = Math.max(last, truth[at] ?? 0, predicted[at] ?? 0);
  const counts = {
    rows: truth.length,
    actual: new Float64Array(last + 1),
    predicted: new Float64Array(last + 1),
    hits: new Float64Array(last + 1),
  };
  for (let at = 0; at < truth.length; at++) {
    const [label, answer] = [truth[at] ?? 0, predicted[at] ?? 0];
    counts.actual[label] = (counts.actual[label] ?? 0) + 1;
    counts.predicted[answer] = (counts.predicted[answer] ?? 0) + 1;
    if (label === answer) counts.hits[label] = (counts.hits[label] ?? 0) + 1;
  }
  return counts;
};
