import { rankingMetrics, mapMetric, ndcgMetric, precisionAtMetric, recallAtMetric } from "./answers/rankings.ts";
import { textMetrics } from "./answers/texts.ts";
import { agreementMetrics } from "./labels/agreement.ts";
import { fbetaMetric, overlapMetrics } from "./labels/overlap.ts";
import type { Metric } from "./metric.ts";
import { correlationMetrics } from "./numbers/correlations.ts";
import { devianceMetrics, pinball, tweedieDeviance } from "./numbers/deviances.ts";
import { errorMetrics } from "./numbers/errors.ts";
import { percentageErrorMetrics } from "./numbers/percentage-errors.ts";
import { lossMetrics } from "./probabilities/losses.ts";
import { rankMetrics } from "./probabilities/rank-metrics.ts";
import { topAccuracyMetric } from "./probabilities/top-accuracy.ts";

/** All that take no parameter. One that scores answers of several forms stands here once. */
export const metrics: readonly Metric[] = [
  ...errorMetrics,
  ...percentageErrorMetrics,
  ...devianceMetrics,
  ...correlationMetrics,
  ...agreementMetrics,
  ...overlapMetrics,
  ...rankMetrics,
  ...lossMetrics,
  ...rankingMetrics,
  ...textMetrics,
];

/** A metric for each value of a parameter. */
export interface MetricFamily {
  /** As `map@5`, with a parameter that is often asked for. */
  readonly example: string;
  readonly of: (parameter: number) => Metric | undefined;
}

/** By the name before the parameter. */
export const metricFamilies: Readonly<Record<string, MetricFamily>> = {
  fbeta: { example: "fbeta:2", of: fbetaMetric("binary") },
  fbeta_macro: { example: "fbeta_macro:2", of: fbetaMetric("macro") },
  fbeta_micro: { example: "fbeta_micro:2", of: fbetaMetric("micro") },
  fbeta_weighted: { example: "fbeta_weighted:2", of: fbetaMetric("weighted") },
  pinball: { example: "pinball:0.9", of: pinball },
  tweedie_deviance: { example: "tweedie_deviance:1.5", of: tweedieDeviance },
  top_k_accuracy: { example: "top_k_accuracy@3", of: topAccuracyMetric },
  map: { example: "map@5", of: mapMetric },
  ndcg: { example: "ndcg@10", of: ndcgMetric },
  precision: { example: "precision@5", of: precisionAtMetric },
  recall: { example: "recall@5", of: recallAtMetric },
};

/** What `metric=` may be, parameters by example. */
export const metricNames: readonly string[] = [
  ...metrics.map(({ name }) => name),
  ...Object.values(metricFamilies).map(({ example }) => example),
];

const byName = new Map(metrics.map((metric) => [metric.name, metric]));

/** A metric by its name in the library, with its parameter. */
export const metricOfLibrary = (name: string): Metric | undefined => {
  const [family = "", parameter] = name.split(/[:@]/);
  return byName.get(name) ?? (parameter === undefined ? undefined : metricFamilies[family]?.of(Number(parameter)));
};
