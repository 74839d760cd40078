import type { Matrix } from "./metric.ts";

/** Of each row the column with the greatest number, the first of equal ones: the most probable class, or the one with the most votes. */
export const greatestColumn = ({ values, columns }: Matrix): Float64Array => {
  const best = new Float64Array(values.length / columns);
  for (let row = 0; row < best.length; row++) {
    let most = 0;
    for (let column = 1; column < columns; column++)
      if ((values[row * columns + column] ?? 0) > (values[row * columns + most] ?? 0)) most = column;
    best[row] = most;
  }
  return best;
};
