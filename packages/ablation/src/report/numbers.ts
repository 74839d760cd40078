import type { Interval } from "@aide-ts/statistics";

/** Differences and scores between 0 and 1: three decimals, and a sign that is a minus. */
export const shownNumber = (value: number): string => {
  const rounded = value.toFixed(3);
  return (Number(rounded) === 0 ? "0.000" : rounded).replace("-", "−");
};

export const shownInterval = ([low, high]: Interval): string => `[${shownEnd(low)}, ${shownEnd(high)}]`;

const shownEnd = (value: number): string => {
  if (value === Infinity) return "∞";
  return value === -Infinity ? "−∞" : shownNumber(value);
};

export const shownP = (p: number): string => (p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`);

export const shownPercent = (share: number): string => `${Math.round(100 * share)} %`;
