/** What a metric compares: numbers, labels, or probabilities of the positive class. */
export type MetricInput = "number" | "label" | "probability";

export interface Metric {
  readonly name: string;
  readonly direction: "maximize" | "minimize";
  readonly input: MetricInput;
  /** `truth` and `predicted` have the same length, at least 1. Labels are compared as classes' indexes, the positive class is 1. */
  readonly score: (truth: readonly number[], predicted: readonly number[]) => number;
}
