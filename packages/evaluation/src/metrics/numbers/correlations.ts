import { isConstant, mean } from "../mean.ts";
import type { NumberMetric, Numbers } from "../metric.ts";
import { orderOf, orderOfSorted, placeIn, ranks, type Order } from "./ranks.ts";

const pearson = (truth: Numbers, predicted: Numbers): number => {
  const [centre, centreOfPredicted] = [mean(truth), mean(predicted)];
  let [both, one, other] = [0, 0, 0];
  for (let at = 0; at < truth.length; at++) {
    const a = (truth[at] ?? Number.NaN) - centre;
    const p = (predicted[at] ?? Number.NaN) - centreOfPredicted;
    both += a * p;
    one += a * a;
    other += p * p;
  }
  return isConstant(truth) || isConstant(predicted) ? Number.NaN : both / Math.sqrt(one) / Math.sqrt(other);
};

/** Of ranks; not a number where one of the two is constant. */
export const spearman = (truth: Numbers, predicted: Numbers): number => pearson(ranks(truth), ranks(predicted));

const pairs = (count: number): number => (count * (count - 1)) / 2;

/** Pairs of rows that have the same value. */
const ties = ({ below }: Order): number => {
  let sum = 0;
  for (let at = 1; at < below.length; at++) sum += pairs((below[at] ?? 0) - (below[at - 1] ?? 0));
  return sum;
};

/** Runs that are sorted by insertion before they are merged: faster than merging runs of one. */
const shortest = 16;

/** How often a greater number stands before a smaller one: merge sort. The numbers are left in order. */
const inversions = (values: Float64Array<ArrayBuffer>): number => {
  let [from, to] = [values, new Float64Array(values.length)];
  let count = 0;
  for (let start = 0; start < values.length; start += shortest)
    count += insert(values, start, Math.min(start + shortest, values.length));
  for (let width = shortest; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, values.length), Math.min(start + 2 * width, values.length)];
      count += merge(from, to, start, middle, end);
    }
    [from, to] = [to, from];
  }
  return count;
};

/** Sorts `values[start]` to `values[end - 1]` in place; how many places its numbers were moved down. */
const insert = (values: Float64Array, start: number, end: number): number => {
  let moved = 0;
  for (let at = start + 1; at < end; at++) {
    const value = values[at] ?? 0;
    let place = at;
    for (; place > start && (values[place - 1] ?? 0) > value; place--) values[place] = values[place - 1] ?? 0;
    values[place] = value;
    moved += at - place;
  }
  return moved;
};

/** Merges two sorted runs; how often a number of the left one is greater than one of the right. */
const merge = (from: Float64Array, to: Float64Array, start: number, middle: number, end: number): number => {
  let [left, right, count] = [start, middle, 0];
  for (let at = start; at < end; at++) {
    const takeLeft = left < middle && (right >= end || (from[left] ?? 0) <= (from[right] ?? 0));
    if (!takeLeft) count += middle - left;
    to[at] = from[takeLeft ? left++ : right++] ?? 0;
  }
  return count;
};

/** Kendall's tau-b, which allows for ties, in n log n (Knight 1966). */
const kendall = (truth: Numbers, predicted: Numbers): number => {
  const [order, orderOfPredicted] = [orderOf(truth), orderOf(predicted)];
  const wide = orderOfPredicted.distinct.length;
  // Both places in one number, so that rows of one true value lie in the order of their predictions.
  const places = new Float64Array(truth.length);
  for (let at = 0; at < places.length; at++)
    places[at] =
      placeIn(order, truth[at] ?? Number.NaN) * wide + placeIn(orderOfPredicted, predicted[at] ?? Number.NaN);
  places.sort();
  const all = pairs(truth.length);
  const [tied, tiedPredicted, tiedBoth] = [ties(order), ties(orderOfPredicted), ties(orderOfSorted(places))];
  const discordant = inversions(places.map((place) => place % wide));
  const difference = all - tied - tiedPredicted + tiedBoth - 2 * discordant;
  return difference / Math.sqrt(all - tied) / Math.sqrt(all - tiedPredicted);
};

/** Of values by the order of their predictions: what lies above the diagonal of the Lorenz curve; equal predictions share their places. */
const lorenzGap = (values: Numbers, by: Numbers): number => {
  const places = ranks(by);
  let sum = 0;
  for (let at = 0; at < values.length; at++)
    sum += (values[at] ?? Number.NaN) * (2 * (places[at] ?? 0) - values.length - 1);
  return sum;
};

const correlation = (name: string, score: NumberMetric["score"]): NumberMetric => ({
  name,
  direction: "maximize",
  input: "number",
  score,
  undefinedWhere: "the true values or the predictions are all the same",
  constantScore: 0,
});

export const correlationMetrics: readonly NumberMetric[] = [
  correlation("pearson", pearson),
  correlation("spearman", spearman),
  correlation("kendall", kendall),
];

/** Normalised: 1 for the order of the true values. For a target of 0 and 1 it is 2 · AUC − 1. */
export const giniOfNumbers: NumberMetric = {
  name: "gini",
  direction: "maximize",
  input: "number",
  score: (truth, predicted) => (isConstant(truth) ? Number.NaN : lorenzGap(truth, predicted) / lorenzGap(truth, truth)),
  undefinedWhere: "the true values are all the same",
  constantScore: 0,
};
