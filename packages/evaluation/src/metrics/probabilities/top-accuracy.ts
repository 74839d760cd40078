import type { ClassProbabilitiesMetric, Metric } from "../metric.ts";

/** Of equal probabilities the later class counts as the greater, as in scikit-learn. */
const topAccuracy =
  (first: number): ClassProbabilitiesMetric["score"] =>
  (truth, { values, columns }) => {
    let hits = 0;
    for (let row = 0; row < truth.length; row++) {
      const label = truth[row] ?? -1;
      const own = values[row * columns + label] ?? Number.NaN;
      let before = 0;
      for (let column = 0; column < columns; column++) {
        const other = values[row * columns + column] ?? Number.NaN;
        if (other > own || (other === own && column > label)) before++;
      }
      if (before < first) hits++;
    }
    return hits / truth.length;
  };

/** Share of rows whose class is among the `first` most probable, or the first of a ranking; `undefined` below 1. */
export const topAccuracyMetric = (first: number): Metric | undefined => {
  if (!Number.isInteger(first) || first < 1) return undefined;
  const name = `top_k_accuracy@${first}`;
  const of = { name, direction: "maximize" } as const;
  return {
    ...of,
    input: "class-probabilities",
    score: topAccuracy(first),
    otherForms: [
      {
        ...of,
        input: "ranking",
        ofRow: (right, answered) => (answered.slice(0, first).some((label) => right.includes(label)) ? 1 : 0),
      },
    ],
  };
};
