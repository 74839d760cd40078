import type { Random } from "@aide-ts/plugin";

/** Uniform in (0, 1]. */
const positive = (random: Random): number => 1 - random();

/** Standard normal (Box & Muller 1958). */
const drawNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(positive(random))) * Math.cos(2 * Math.PI * random());

/**
 * Student's t with `freedom` degrees, which need not be whole, by a radius and an angle (Bailey 1994, Mathematics of Computation 62). With a
 * `share` below 1 only the longest radii are drawn from: those that have that chance together.
 */
export const drawStudentT = (freedom: number, random: Random, share = 1): number =>
  studentRadius(freedom, share * positive(random)) * Math.cos(2 * Math.PI * random());

const studentRadius = (freedom: number, uniform: number): number =>
  Math.sqrt(freedom * (uniform ** (-2 / freedom) - 1));

/** The chance of a radius longer than this, and so a bound on the chance that Student's t exceeds it. */
export const chanceOfRadius = (freedom: number, radius: number): number =>
  radius <= 0 ? 1 : (1 + (radius * radius) / freedom) ** (-freedom / 2);

/** Logarithm of a gamma variate with scale 1 (Marsaglia & Tsang 2000); in logarithms because small shapes give numbers that underflow. */
const drawLogGamma = (shape: number, random: Random): number => {
  if (shape < 1) return drawLogGamma(shape + 1, random) + Math.log(positive(random)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(positive(random)) < 0.5 * x * x + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
};

/** Beta, as the share of one of two gamma variates. */
export const drawBeta = (a: number, b: number, random: Random): number =>
  1 / (1 + Math.exp(drawLogGamma(b, random) - drawLogGamma(a, random)));
