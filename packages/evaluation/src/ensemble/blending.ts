import type { ComparedNumbers } from "../metrics/compared.ts";
import { greatestColumn } from "../metrics/greatest-column.ts";
import type { Matrix, Numbers } from "../metrics/metric.ts";
import { ranks } from "../metrics/numbers/ranks.ts";

/** How predictions of one row become one: their mean, the mean of their ranks among the rows, or the class that most are for. */
export type Blending = "mean" | "ranks" | "votes";

export const blendingOf = ({ metric }: ComparedNumbers): Blending => {
  if (metric.input === "label") return "votes";
  return metric.ofOrder === true ? "ranks" : "mean";
};

/** Predictions in a form in which blending adds: of votes a column for each class. */
export type Addends = Matrix;

/** @param classes of votes, at least one more than the greatest index of a class */
export const addendsOf = (compared: ComparedNumbers, blending: Blending, classes: number): Addends => {
  if (compared.input === "class-probabilities") return compared.predicted;
  const { predicted } = compared;
  if (blending === "mean") return { values: Float64Array.from(predicted), columns: 1 };
  if (blending === "ranks") return { values: ranks(predicted), columns: 1 };
  const values = new Float64Array(predicted.length * classes);
  for (let row = 0; row < predicted.length; row++) values[row * classes + (predicted[row] ?? 0)] = 1;
  return { values, columns: classes };
};

/** The sum of so many addends as one solution's predictions. */
export const blendedFrom = (
  compared: ComparedNumbers,
  blending: Blending,
  { values, columns }: Addends,
  count: number,
): ComparedNumbers => {
  if (compared.input === "class-probabilities")
    return { ...compared, predicted: { values: values.map((sum) => sum / count), columns } };
  const predicted = blending === "votes" ? greatestColumn({ values, columns }) : values.map((sum) => sum / count);
  return { ...compared, predicted };
};

/** The greatest index of a class that occurs, and one. */
export const classesIn = (all: readonly ComparedNumbers[]): number =>
  1 +
  Math.max(0, ...all.flatMap((one) => (one.input === "numbers" ? [largest(one.truth), largest(one.predicted)] : [])));

const largest = (values: Numbers): number => {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, values[at] ?? 0);
  return most;
};
