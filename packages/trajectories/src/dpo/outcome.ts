import type { Solution, Task } from "@aide-ts/plugin";

/** How two solutions compare. Only `better` makes a pair. */
export type Comparison =
  | {
      readonly kind: "better";
      readonly first: boolean;
      readonly reason: "valid-over-failed" | "better-score";
      /** By how much the search scores differ, in units of the metric; null where one has none. */
      readonly margin: number | null;
    }
  /** Both failed, or both have the very same score. */
  | { readonly kind: "tie" }
  /** The scores differ by no more than the standard error of their difference. */
  | { readonly kind: "within-error" }
  /** Scores of different sources, or no verdict on the script: it was lost, or nothing tells its score. */
  | { readonly kind: "incomparable" };

/**
 * Whether one of two solutions did clearly better. The standard error of the difference is taken as that of independent scores: on the same rows it
 * is smaller, so that pairs are missed rather than made up.
 */
export const compare = ({ direction }: Pick<Task, "direction">, a: Solution, b: Solution): Comparison => {
  if (!hasVerdict(a) || !hasVerdict(b)) return { kind: "incomparable" };
  const [one, other] = [a.evaluation, b.evaluation];
  if (!one.valid || !other.valid)
    return one.valid === other.valid
      ? { kind: "tie" }
      : { kind: "better", first: one.valid, reason: "valid-over-failed", margin: null };
  if (one.score.source !== other.score.source) return { kind: "incomparable" };
  const difference = one.score.value - other.score.value;
  if (difference === 0) return { kind: "tie" };
  const margin = Math.abs(difference);
  const [error, otherError] = [one.score.error, other.score.error];
  if (error !== undefined && otherError !== undefined && margin <= Math.hypot(error, otherError))
    return { kind: "within-error" };
  return {
    kind: "better",
    first: direction === "maximize" ? difference > 0 : difference < 0,
    reason: "better-score",
    margin,
  };
};

const hasVerdict = ({ evaluation, execution }: Solution): boolean =>
  evaluation.valid || (evaluation.cause !== "no-score" && execution?.fate !== "lost");
