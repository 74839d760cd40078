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

/** Some of the rows, by their places; one may be taken more than once. */
export const takenRows = (compared: ComparedNumbers, places: Int32Array): ComparedNumbers => {
  const truth = numbersAt(compared.truth, places);
  return compared.input === "numbers"
    ? { ...compared, truth, predicted: numbersAt(compared.predicted, places) }
    : { ...compared, truth, predicted: rowsAt(compared.predicted, places) };
};

const numbersAt = (values: Numbers, places: Int32Array): Float64Array => {
  const drawn = new Float64Array(places.length);
  for (let at = 0; at < drawn.length; at++) drawn[at] = values[places[at] ?? 0] ?? Number.NaN;
  return drawn;
};

const rowsAt = ({ values, columns }: Matrix, places: Int32Array): Matrix => {
  const drawn = new Float64Array(places.length * columns);
  places.forEach((place, at) => drawn.set(values.subarray(place * columns, (place + 1) * columns), at * columns));
  return { values: drawn, columns };
};
