import { AideError, type SubmissionFormat, type Task } from "@aide-ts/plugin";
import type { Roles } from "@aide-ts/core";
import { metricFromText } from "./metrics/from-text.ts";
import { metricNamed, metrics } from "./metrics/library.ts";

export interface TaskWords {
  readonly goal: string;
  readonly evaluation: string;
  readonly metric?: string | undefined;
  readonly direction?: Task["direction"] | undefined;
  /** What was found out elsewhere: by a model, or when the run was begun. */
  readonly found?: { readonly metric: string; readonly because: string } | undefined;
}

/** Whether the words say how predictions are scored in a way that no rule understands. */
export const isUnclear = ({ goal, evaluation, metric }: TaskWords): boolean =>
  metric === undefined &&
  evaluation.trim() !== "" &&
  (metricFromText(evaluation) ?? metricFromText(goal)) === undefined;

export interface ResolvedTask {
  readonly task: Task;
  readonly kind: SubmissionFormat["kind"];
  /** How the metric was found: shown to the user. */
  readonly because: string;
}

/**
 * Settles metric and direction before the first proposal: the config's, else what the evaluation text means, else the usual one for the target.
 * @throws AIDE_METRIC_UNKNOWN
 */
export const resolveTask = (
  { goal, evaluation, metric: wanted, direction, found }: TaskWords,
  roles: Roles | undefined,
): ResolvedTask => {
  if (wanted !== undefined && metricNamed(wanted) === undefined && direction === undefined)
    throw unknownMetric(`There is no metric "${wanted}".`);
  const fromText = metricFromText(evaluation) ?? metricFromText(goal);
  const name = wanted ?? found?.metric ?? fromText ?? usualMetric(roles);
  if (name === undefined) throw unknownMetric("Nothing tells which metric scores the predictions.");
  const metric = metricNamed(name);
  const because =
    wanted !== undefined
      ? "the config names it"
      : found !== undefined
        ? found.because
        : fromText !== undefined
          ? "the evaluation text says so"
          : "usual for such a target";
  return {
    task: { goal, metric: name, direction: direction ?? metric?.direction ?? "minimize" },
    kind:
      roles?.answer === "class-probabilities"
        ? "class-probabilities"
        : metric?.input === "probability"
          ? "probability"
          : "value",
    because,
  };
};

const usualMetric = (roles: Roles | undefined): string | undefined => {
  const target = roles?.train.table.columns.find(({ name }) => name === roles.targets[0]);
  if (target === undefined) return undefined;
  return target.type === "number" || (target.type === "integer" && target.unique > 20) ? "rmse" : "accuracy";
};

const unknownMetric = (message: string): AideError =>
  new AideError({
    code: "AIDE_METRIC_UNKNOWN",
    message,
    fix: `Name one, as metric=rmse: ${metrics.map(({ name }) => name).join(", ")}. For any other give direction=minimize or maximize too.`,
    fault: "user",
  });
