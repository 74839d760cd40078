/**
 * p-value of the two-sample Kolmogorov–Smirnov test, by its asymptotic distribution with Stephens's correction for small samples. Ties make it larger
 * than it should be.
 */
export const kolmogorovSmirnov = (a: readonly number[], b: readonly number[]): number => {
  const values = [...new Set([...a, ...b])];
  const share = (sample: readonly number[], value: number) =>
    sample.filter((one) => one <= value).length / sample.length;
  const distance = Math.max(...values.map((value) => Math.abs(share(a, value) - share(b, value))));
  return tail(distance, (a.length * b.length) / (a.length + b.length));
};

/** p-value of the one-sample test against a distribution function. */
export const kolmogorovSmirnovAgainst = (sample: readonly number[], cdf: (value: number) => number): number => {
  const sorted = sample.toSorted((a, b) => a - b);
  const distances = sorted.map((value, at) =>
    Math.max((at + 1) / sorted.length - cdf(value), cdf(value) - at / sorted.length),
  );
  return tail(Math.max(...distances), sorted.length);
};

const tail = (distance: number, size: number): number => {
  const x = distance * (Math.sqrt(size) + 0.12 + 0.11 / Math.sqrt(size));
  // The series does not converge there, and the value is 1 to many digits.
  if (x < 0.3) return 1;
  const terms = Array.from({ length: 100 }, (_, at) => 2 * (-1) ** at * Math.exp(-2 * (at + 1) ** 2 * x * x));
  return Math.min(
    1,
    Math.max(
      0,
      terms.reduce((sum, term) => sum + term, 0),
    ),
  );
};
