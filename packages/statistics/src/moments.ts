export const mean = (values: readonly number[] | Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

/** Nothing where there is nothing to be averaged. */
export const meanOfAny = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : mean(values);

/** Of a sample, by n − 1. */
export const variance = (values: readonly number[] | Float64Array): number => {
  const center = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - center) ** 2;
  return sum / (values.length - 1);
};
