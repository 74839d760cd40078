import { seededRandom } from "@aide-ts/core";
import { comparesNumbers, scoreOf, scoresOfRows, takenRows, type Compared } from "./compared.ts";
import { mean, meanOf } from "./mean.ts";
import type { Numbers } from "./metric.ts";

const resamples = 100;
/** Of a longer table fewer rows are drawn: so many at first, and more where too few of such samples have a score, as where a class is rare. */
const rowsDrawn = 5000;
const most = 2_000_000;

/**
 * Standard error of a score. Of a mean of rows it is the formula's; of others the bootstrap's over rows (Efron 1979), from a fixed seed, which of many
 * rows draws fewer and scales by the root of their number (Bickel, Götze and van Zwet 1997). Samples without a score do not count; NaN where nearly all have none.
 */
export const standardError = (compared: Compared): number => {
  if (!comparesNumbers(compared)) return errorOfMean(scoresOfRows(compared));
  return errorOver(compared.truth.length, (places) => scoreOf(takenRows(compared, places)));
};

/** Standard error of the difference between two scores of the same rows: what is hard in a row is so for both. NaN where they do not compare the same. */
export const pairedError = (ours: Compared, theirs: Compared): number => {
  if (ours.truth.length !== theirs.truth.length) return Number.NaN;
  if (comparesNumbers(ours))
    return comparesNumbers(theirs)
      ? errorOver(ours.truth.length, (places) => scoreOf(takenRows(ours, places)) - scoreOf(takenRows(theirs, places)))
      : Number.NaN;
  if (comparesNumbers(theirs)) return Number.NaN;
  const others = scoresOfRows(theirs);
  return errorOfMean(scoresOfRows(ours).map((score, row) => score - (others[row] ?? Number.NaN)));
};

export const errorOfMean = (scores: Numbers): number => deviation(scores) / Math.sqrt(scores.length);

const errorOver = (rows: number, statistic: (places: Int32Array) => number): number => {
  for (let drawn = Math.min(rowsDrawn, rows); ; drawn = Math.min(10 * drawn, rows)) {
    const count = Math.max(10, Math.min(resamples, Math.floor(most / drawn)));
    const values = samplesOf(rows, drawn, count).map(statistic).filter(Number.isFinite);
    if (2 * values.length > count || drawn === rows)
      return values.length < 2 ? Number.NaN : deviation(values) * Math.sqrt(drawn / rows);
  }
};

interface Samples {
  readonly key: string;
  readonly samples: readonly Int32Array[];
}

/** Of every submission to a task the same rows are drawn; drawing them takes as long as many a metric. */
let last: Samples = { key: "", samples: [] };

const samplesOf = (rows: number, drawn: number, count: number): Samples["samples"] => {
  const key = `${rows} ${drawn} ${count}`;
  if (last.key !== key) {
    const random = seededRandom("bootstrap", rows);
    const draw = () => Math.floor(random() * rows);
    last = { key, samples: Array.from({ length: count }, () => Int32Array.from({ length: drawn }, draw)) };
  }
  return last.samples;
};

/** Standard deviation of a sample. */
const deviation = (values: Numbers): number => {
  const centre = mean(values);
  return Math.sqrt(
    meanOf(values, values, (value) => (value - centre) ** 2) * (values.length / Math.max(1, values.length - 1)),
  );
};

/**
 * A score with no more digits than its standard error supports: one digit of the error is kept, and some of any score but 0. More than six digits are of
 * no use to anyone.
 */
export const rounded = (score: number, error: number): string => {
  if (score === 0) return "0";
  if (!(error > 0)) return String(Number(score.toPrecision(4)));
  const significant = 5 - Math.floor(Math.log10(Math.abs(score)));
  const digits = Math.min(100, Math.max(0, Math.min(significant, -Math.floor(Math.log10(error)))));
  const text = score.toFixed(digits);
  if (Number(text) === 0) return String(Number(score.toPrecision(2)));
  return digits > 6 && Math.abs(score) < 1e-6 ? String(Number(text)) : text;
};
