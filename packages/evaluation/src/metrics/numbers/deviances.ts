import { meanOf } from "../mean.ts";
import type { NumberMetric } from "../metric.ts";
import { quantile } from "./quantile.ts";

/** x · log(y), 0 for x = 0. */
const xlogy = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(y));

const positive = (value: number): number => (value > 0 ? value : Number.NaN);
const notNegative = (value: number): number => (value >= 0 ? value : Number.NaN);

/** One row's deviance of Tweedie's family of distributions (Jørgensen 1987): Poisson's at power 1, gamma's at 2. */
const deviance = (power: number): ((actual: number, answer: number) => number) => {
  if (power === 1) return (a, p) => 2 * (xlogy(notNegative(a), a / positive(p)) - a + p);
  if (power === 2) return (a, p) => 2 * (Math.log(positive(p) / positive(a)) + a / p - 1);
  return (a, p) => {
    const actual = power < 2 ? notNegative(a) : positive(a);
    return (
      2 *
      (actual ** (2 - power) / ((1 - power) * (2 - power)) -
        (actual * positive(p) ** (1 - power)) / (1 - power) +
        p ** (2 - power) / (2 - power))
    );
  };
};

const devianceMetric = (name: string, power: number): NumberMetric => ({
  name,
  direction: "minimize",
  input: "number",
  score: (truth, predicted) => meanOf(truth, predicted, deviance(power)),
  undefinedWhere:
    power < 2
      ? "a prediction is 0 or less, or a true value is less than 0"
      : "a prediction or a true value is 0 or less",
});

export const devianceMetrics: readonly NumberMetric[] = [
  devianceMetric("poisson_deviance", 1),
  devianceMetric("gamma_deviance", 2),
];

/** `undefined` for powers below 1, where no such distribution has values of one sign. */
export const tweedieDeviance = (power: number): NumberMetric | undefined =>
  power >= 1 ? devianceMetric(`tweedie_deviance:${power}`, power) : undefined;

/** The loss of which a quantile is the minimum (Koenker and Bassett 1978); `undefined` outside 0…1. */
export const pinball = (share: number): NumberMetric | undefined =>
  share > 0 && share < 1
    ? {
        name: `pinball:${share}`,
        direction: "minimize",
        input: "number",
        score: (truth, predicted) =>
          meanOf(truth, predicted, (a, p) => (a >= p ? share * (a - p) : (1 - share) * (p - a))),
        constant: (values) => quantile(values, share),
      }
    : undefined;
