import type { Numbers } from "../metric.ts";

/** Asked of the values themselves: what rounding leaves of the spread of a constant is not 0. */
export const isConstant = (values: Numbers): boolean => {
  for (let at = 1; at < values.length; at++) if (values[at] !== values[0]) return false;
  return true;
};
