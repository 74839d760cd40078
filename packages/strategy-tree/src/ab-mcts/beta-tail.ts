/** Below this the series for log Γ is not exact enough, and the recurrence takes over. */
const large = 8;

/** log Γ for positive arguments, by Stirling's series (DLMF 5.11.1). */
export const logGamma = (given: number): number => {
  let factor = 1;
  let z = given;
  for (; z < large; z++) factor *= z;
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(factor);
};

/** The chance that a beta variate exceeds `x`: the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22). */
export const betaTail = (a: number, b: number, x: number): number => {
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // Of the two expansions each converges fast on its own side of the mean.
  return x > (a + 1) / (a + b + 2) ? (scale * fraction(b, a, 1 - x)) / b : 1 - (scale * fraction(a, b, x)) / a;
};

/** A number that is not 0, where a denominator vanishes (Lentz 1976). */
const tiny = 1e-300;
const precision = 1e-15;

const fraction = (a: number, b: number, x: number): number => {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < precision) break;
  }
  return value;
};

const awayFromZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** Halvings and Newton steps together; about eight are enough. */
const mostSteps = 200;
const nearly = 1e-6;

/** The value above `from` that a beta variate exceeds with this chance, by Newton's method kept within the bounds that are known. */
export const betaQuantileAbove = (a: number, b: number, from: number, chance: number): number => {
  let [low, high] = [Math.max(0, from), 1];
  const logScale = logGamma(a + b) - logGamma(a) - logGamma(b);
  let at = low > 0 ? low : a / (a + b);
  for (let step = 0; step < mostSteps; step++) {
    const excess = betaTail(a, b, at) - chance;
    if (excess > 0) low = at;
    else high = at;
    const density = Math.exp(logScale + (a - 1) * Math.log(at) + (b - 1) * Math.log1p(-at));
    const newton = at + excess / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    // Close to 1 the chance may still be far off where the steps are already short.
    const isNear = Math.abs(next - at) < precision && Math.abs(excess) < chance * nearly;
    if (isNear || next === low || next === high) return next;
    at = next;
  }
  return at;
};
