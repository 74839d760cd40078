import type { Numbers } from "../metric.ts";

/** What was predicted for rows of the class and for the others, each from the least. */
export interface Parted {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

export const parted = (count: number, isPositive: (row: number) => boolean, of: (row: number) => number): Parted => {
  let found = 0;
  for (let row = 0; row < count; row++) if (isPositive(row)) found++;
  const [positives, negatives] = [new Float64Array(found), new Float64Array(count - found)];
  let [at, other] = [0, 0];
  for (let row = 0; row < count; row++) {
    if (isPositive(row)) positives[at++] = of(row);
    else negatives[other++] = of(row);
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
};

export const partedByLabel = (truth: Numbers, predicted: Numbers): Parted =>
  parted(
    truth.length,
    (row) => truth[row] === 1,
    (row) => predicted[row] ?? Number.NaN,
  );

/** How often a positive row is above a negative one; ties count half. NaN where one of them is missing. */
export const areaUnderRoc = ({ positives, negatives }: Parted): number => {
  let [below, equal, wins] = [0, 0, 0];
  for (const value of positives) {
    while (below < negatives.length && (negatives[below] ?? 0) < value) below++;
    equal = Math.max(equal, below);
    while (equal < negatives.length && (negatives[equal] ?? 0) <= value) equal++;
    wins += (below + equal) / 2;
  }
  return wins / positives.length / negatives.length;
};

/** Precision at each threshold, weighed by the recall that it adds; 0 where nothing is positive, as scikit-learn has it. */
export const areaUnderSteps = ({ positives, negatives }: Parted): number => {
  let [above, sum] = [negatives.length - 1, 0];
  for (let end = positives.length - 1; end >= 0;) {
    const value = positives[end] ?? 0;
    let start = end;
    while (start > 0 && positives[start - 1] === value) start--;
    while (above >= 0 && (negatives[above] ?? 0) >= value) above--;
    const hits = positives.length - start;
    sum += ((end - start + 1) * hits) / (hits + negatives.length - 1 - above);
    end = start - 1;
  }
  return positives.length === 0 ? 0 : sum / positives.length;
};
