import type { Numbers } from "./metric.ts";

/** NaN of nothing. */
export const mean = (values: Numbers): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum / values.length;
};

/** Mean over the rows of what `of` makes of a true and a predicted value. */
export const meanOf = (truth: Numbers, predicted: Numbers, of: (actual: number, answer: number) => number): number => {
  let sum = 0;
  for (let at = 0; at < truth.length; at++) sum += of(truth[at] ?? Number.NaN, predicted[at] ?? Number.NaN);
  return sum / truth.length;
};

/** Asked of the values themselves: what rounding leaves of the spread of a constant is not 0. */
export const isConstant = (values: Numbers): boolean => {
  for (let at = 1; at < values.length; at++) if (values[at] !== values[0]) return false;
  return true;
};
