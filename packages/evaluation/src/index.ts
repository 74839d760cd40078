import type { AnyPlugin } from "@aide-ts/plugin";
import { heldOut } from "./evaluators/held-out.ts";
import { reported } from "./evaluators/reported.ts";
import { review } from "./evaluators/review.ts";

export { prepareData, type HoldoutOptions, type PreparedData } from "./holdout/prepare.ts";
export { metricFromText } from "./metrics/from-text.ts";
export { metricNamed, metrics } from "./metrics/library.ts";
export type { Metric, MetricInput } from "./metrics/metric.ts";
export { rounded, standardError } from "./metrics/standard-error.ts";
export { metricFromAnswer, metricQuestion, taskPrompts } from "./metrics/from-model.ts";
export { isUnclear, resolveTask, type ResolvedTask, type TaskWords } from "./resolve-task.ts";
export { checkSubmission, type Checked } from "./submission/check.ts";
export { scoreHeldOut, type Scored } from "./submission/score.ts";
export { heldOut, reported, review };
export default [heldOut, reported, review] satisfies readonly AnyPlugin[];
