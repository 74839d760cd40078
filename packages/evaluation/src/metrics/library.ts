import { classificationMetrics } from "./classification.ts";
import type { Metric } from "./metric.ts";
import { regressionMetrics } from "./regression.ts";

export const metrics: readonly Metric[] = [...regressionMetrics, ...classificationMetrics];

export const metricNamed = (name: string): Metric | undefined => metrics.find((metric) => metric.name === name);
