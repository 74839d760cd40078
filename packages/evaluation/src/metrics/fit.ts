import type { SubmissionFormat } from "@aide-ts/plugin";
import { classCount, holdsClasses, holdsNumbers, holdsOrder, type TargetFacts } from "../target-facts.ts";
import type { Metric, MetricInput } from "./metric.ts";

type Kind = SubmissionFormat["kind"];

const formFits = (form: Metric, facts: TargetFacts): boolean => {
  switch (form.input) {
    case "number":
      return holdsNumbers(facts);
    case "label":
      return (
        holdsClasses(facts) &&
        (form.ofTwo !== true || classCount(facts) <= 2) &&
        (form.ordered !== true || holdsOrder(facts))
      );
    case "probability":
      return holdsClasses(facts) && classCount(facts) <= 2;
    case "class-probabilities":
    case "ranking":
      return holdsClasses(facts);
    case "text":
      return !holdsNumbers(facts);
  }
};

const kindOf = ({ input }: Metric): Kind =>
  input === "probability" || input === "class-probabilities" ? input : "value";

const scoresColumns = ({ input }: Metric): boolean =>
  input === "label" || input === "probability" || input === "class-probabilities";

/** The form that fits a target; one of a column for each class only where nothing else will do. */
const fittingForm = (metric: Metric, answer: Answer, facts: TargetFacts): Metric | undefined => {
  const fitting = [metric, ...(metric.otherForms ?? [])].filter((form) => formFits(form, facts));
  if (answer === "class-probabilities") return fitting.find(scoresColumns);
  return fitting.find((form) => kindOf(form) !== "class-probabilities") ?? fitting[0];
};

type Answer = "value" | "class-probabilities";

/** How a submission must answer for a metric and in which form that compares it, or the first target that the metric does not fit. */
export type Fit =
  | { readonly fits: true; readonly kind: Kind; readonly input: MetricInput }
  | { readonly fits: false; readonly target: TargetFacts };

/** Whether a metric can score such targets: not RMSE of texts, AUC of amounts, F1 of the positive one of five classes. */
export const fitOf = (metric: Metric, answer: Answer, targets: readonly TargetFacts[]): Fit => {
  let chosen: Metric | undefined;
  for (const target of targets) {
    const form = fittingForm(metric, answer, target);
    if (form === undefined || (chosen !== undefined && form.input !== chosen.input)) return { fits: false, target };
    chosen = form;
  }
  const { input } = chosen ?? metric;
  return { fits: true, kind: answer === "class-probabilities" ? answer : kindOf(chosen ?? metric), input };
};
