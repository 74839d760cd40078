import { seededRandom } from "@aide-ts/core";
import type { Metric } from "./metric.ts";

const resamples = 100;

/** Standard error of a score by the bootstrap over rows (Efron 1979), 100 resamples from a fixed seed. */
export const standardError = (metric: Metric, truth: readonly number[], predicted: readonly number[]): number => {
  const random = seededRandom("bootstrap", truth.length);
  const scores: number[] = [];
  for (let sample = 0; sample < resamples; sample++) {
    const rows = truth.map(() => Math.floor(random() * truth.length));
    const score = metric.score(
      rows.map((row) => truth[row] ?? 0),
      rows.map((row) => predicted[row] ?? 0),
    );
    if (Number.isFinite(score)) scores.push(score);
  }
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length - 1));
};

/** A score with no more digits than its standard error supports: one digit of the error is kept. */
export const rounded = (score: number, error: number): string => {
  if (!(error > 0)) return String(Number(score.toPrecision(4)));
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(error))));
  return score.toFixed(digits);
};
