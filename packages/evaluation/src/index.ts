import type { AnyPlugin } from "@aide-ts/plugin";
import { heldOut } from "./evaluators/held-out.ts";
import { reported } from "./evaluators/reported.ts";
import { review } from "./evaluators/review.ts";

export { scoreOf, type Compared } from "./metrics/compared.ts";
export { metricFamilies, metricNamed, metricNames, metrics, type MetricFamily } from "./metrics/library.ts";
export type { Matrix, Metric, MetricInput, Numbers } from "./metrics/metric.ts";
export { rounded, standardError } from "./metrics/standard-error.ts";
export { metricFromAnswer, metricQuestion, taskPrompts } from "./metrics/from-model.ts";
export { readMetric, type ReadMetric } from "./metrics/words/read-metric.ts";
export { OwnMetric } from "./own-metric.ts";
export { isUnclear, resolveTask, type ResolvedTask, type TargetsToPredict, type TaskWords } from "./resolve-task.ts";
export { checkSubmission, type Checked } from "./submission/check.ts";
export { scoreHeldOut, type Scored } from "./submission/score.ts";
export { classesOf } from "./submission/values.ts";
export type { TargetFacts } from "./target-facts.ts";
export { heldOut, reported, review };
export default [heldOut, reported, review] satisfies readonly AnyPlugin[];
