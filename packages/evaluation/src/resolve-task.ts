import type { SubmissionFormat, Task } from "@aide-ts/plugin";
import { fitOf } from "./metrics/fit.ts";
import { metricNames } from "./metrics/library.ts";
import { metricNamed } from "./metrics/metric-named.ts";
import type { Metric, MetricInput } from "./metrics/metric.ts";
import { classInGoal } from "./metrics/words/class-in-goal.ts";
import { nearestNames } from "./metrics/words/nearest.ts";
import { readMetric, type ReadMetric } from "./metrics/words/read-metric.ts";
import { labelReader } from "./submission/values.ts";
import { spokenFacts, usualMetric, usualNames, type TargetFacts } from "./target-facts.ts";
import { metricAmbiguous, metricMisfit, metricNotInLibrary, metricUnknown, noMetric } from "./errors.ts";

export interface TaskWords {
  /** No metric is read from it; where it speaks of one of two classes, that is the positive one. */
  readonly goal: string;
  /** How predictions are scored: all of it counts. */
  readonly evaluation: string;
  /** A whole description: sentences about evaluation in it count. */
  readonly description?: string | undefined;
  /** A name or an alias of the library; with `direction` any other. */
  readonly metric?: string | undefined;
  readonly direction?: Task["direction"] | undefined;
  /** What was found out elsewhere: by a model, or when the run was begun. */
  readonly found?: { readonly metric: string; readonly because: string } | undefined;
}

export interface TargetsToPredict {
  readonly targets: readonly TargetFacts[];
  /** How answers are asked for: the target's values, or a column for each of its classes. */
  readonly answer: "value" | "class-probabilities";
}

export interface ResolvedTask {
  readonly task: Task;
  readonly kind: SubmissionFormat["kind"];
  /** What the metric compares of these targets; none where the library lacks it. */
  readonly input?: MetricInput;
  /** The positive class that the words name, as the data writes it where the target's classes are known. */
  readonly positive?: string;
  /** How the metric was found: shown to the user. */
  readonly because: string;
}

/** Whether the words say how predictions are scored, but name no metric that the grammar knows: a model may be asked. */
export const isUnclear = ({ evaluation, description, metric }: TaskWords): boolean =>
  metric === undefined && evaluation.trim() !== "" && readMetric({ evaluation, description }).kind === "none";

/**
 * Determines metric and direction before the first proposal: the config's, else what the evaluation text means, else the usual one for the target.
 * @throws AIDE_METRIC_UNKNOWN, AIDE_METRIC_AMBIGUOUS, AIDE_METRIC_MISFIT
 */
export const resolveTask = (words: TaskWords, to: TargetsToPredict | undefined): ResolvedTask => {
  const read = readMetric(words);
  const chosen = choose(words, read, to);
  const metric = metricNamed(chosen.name);
  const positive =
    (read.kind === "metric" ? writtenClass(read.positive, to) : undefined) ??
    classInGoal(words.goal, to?.targets[0]?.classes);
  return {
    task: {
      goal: words.goal,
      metric: metric?.name ?? chosen.name,
      direction: words.direction ?? metric?.direction ?? "minimize",
    },
    ...formOf(metric, to),
    ...(positive !== undefined && { positive }),
    because: chosen.because,
  };
};

interface Chosen {
  readonly name: string;
  readonly because: string;
}

const choose = (words: TaskWords, read: ReadMetric, to: TargetsToPredict | undefined): Chosen => {
  const { metric: wanted, direction, found } = words;
  if (wanted !== undefined) {
    if (metricNamed(wanted) === undefined && direction === undefined)
      throw metricUnknown(wanted, nearestNames(wanted), metricNames);
    return { name: wanted, because: "the config names it" };
  }
  if (found !== undefined) return { name: found.metric, because: found.because };
  const because = "the evaluation text says so";
  if (read.kind === "metric") return { name: read.name, because };
  if (read.kind === "ambiguous") throw metricAmbiguous(read.candidates);
  if (read.kind === "unknown") {
    if (direction !== undefined) return { name: read.words, because };
    throw metricNotInLibrary(read.words, read.nearest, metricNames);
  }
  const [target] = to?.targets ?? [];
  if (target === undefined) throw noMetric(metricNames);
  return { name: usualMetric(target), because: "usual for such a target" };
};

const formOf = (
  metric: Metric | undefined,
  { targets, answer }: TargetsToPredict = { targets: [], answer: "value" },
): Pick<ResolvedTask, "kind" | "input"> => {
  if (metric === undefined) return { kind: answer };
  const fit = fitOf(metric, answer, targets);
  if (!fit.fits)
    throw metricMisfit(
      metric.name,
      fit.target.name,
      `${spokenFacts(fit.target)}${answer === "value" ? "" : ", a column for each"}`,
      usualNames(fit.target),
    );
  return { kind: fit.kind, input: fit.input };
};

/** The class as the data writes it; none where the target has no such class. */
const writtenClass = (named: string | undefined, to: TargetsToPredict | undefined): string | undefined => {
  const classes = to?.targets[0]?.classes;
  if (named === undefined || classes === undefined) return named;
  return classes[labelReader(classes)(named)];
};
