import { mean } from "./mean.ts";
import type {
  ClassProbabilitiesMetric,
  LabelMetric,
  Matrix,
  NumberMetric,
  Numbers,
  ProbabilityMetric,
  RankingMetric,
  TextMetric,
} from "./metric.ts";

interface Pairs<M, Truth, Predicted = Truth> {
  readonly metric: M;
  readonly truth: Truth;
  readonly predicted: Predicted;
}

/** A metric with the rows that it compares. */
export type Compared =
  | ({ readonly input: "numbers" } & Pairs<NumberMetric | LabelMetric | ProbabilityMetric, Numbers>)
  | ({ readonly input: "class-probabilities" } & Pairs<ClassProbabilitiesMetric, Numbers, Matrix>)
  | ({ readonly input: "ranking" } & Pairs<RankingMetric, readonly (readonly string[])[]>)
  | ({ readonly input: "text" } & Pairs<TextMetric, readonly string[]>);

/** Predictions that are numbers, by row or by row and class. */
export type ComparedNumbers = Extract<Compared, { input: "numbers" | "class-probabilities" }>;

export const comparesNumbers = (compared: Compared): compared is ComparedNumbers =>
  compared.input === "numbers" || compared.input === "class-probabilities";

/** The metric of all rows; NaN where it is not defined. */
export const scoreOf = (compared: Compared): number => {
  if (compared.input === "numbers") return compared.metric.score(compared.truth, compared.predicted);
  if (compared.input === "class-probabilities") return compared.metric.score(compared.truth, compared.predicted);
  return mean(scoresOfRows(compared));
};

/** Each row's own score, of a metric that is their mean. */
export const scoresOfRows = (compared: Extract<Compared, { input: "ranking" | "text" }>): Float64Array =>
  compared.input === "ranking"
    ? Float64Array.from(compared.truth, (right, row) => compared.metric.ofRow(right, compared.predicted[row] ?? []))
    : Float64Array.from(compared.truth, (text, row) => compared.metric.ofRow(text, compared.predicted[row] ?? ""));
