import type { ClassProbabilitiesMetric, Matrix, Metric, Numbers, ProbabilityMetric } from "../metric.ts";
import { giniOfNumbers } from "../numbers/correlations.ts";
import { areaUnderRoc, areaUnderSteps, parted, partedByLabel, type Parted } from "./binary-ranks.ts";

type ClassScore = ClassProbabilitiesMetric["score"];

const oneAgainstRest = (truth: Numbers, { values, columns }: Matrix, column: number): Parted =>
  parted(
    truth.length,
    (row) => truth[row] === column,
    (row) => values[row * columns + column] ?? Number.NaN,
  );

/** Mean over the classes that occur and are not all there is; `weight` of a class by its rows. */
const overClasses =
  (of: (rows: Parted) => number, weight: (positives: number) => number): ClassScore =>
  (truth, predicted) => {
    let [sum, weights] = [0, 0];
    for (let column = 0; column < predicted.columns; column++) {
      const rows = oneAgainstRest(truth, predicted, column);
      if (rows.positives.length === 0 || rows.negatives.length === 0) continue;
      sum += weight(rows.positives.length) * of(rows);
      weights += weight(rows.positives.length);
    }
    return sum / weights;
  };

/** The rows of each class. */
const rowsByClass = (truth: Numbers, columns: number): readonly Int32Array[] => {
  const counts = new Int32Array(columns);
  for (let row = 0; row < truth.length; row++) counts[truth[row] ?? -1] = (counts[truth[row] ?? -1] ?? 0) + 1;
  const rows = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let row = 0; row < truth.length; row++) {
    const label = truth[row] ?? -1;
    const at = counts[label] ?? 0;
    const own = rows[label];
    if (own !== undefined) own[at] = row;
    counts[label] = at + 1;
  }
  return rows;
};

/** Each class against each other one, both ways (Hand and Till 2001). */
const oneAgainstOne: ClassScore = (truth, { values, columns }) => {
  const rowsOf = rowsByClass(truth, columns);
  const sorted = (rows: Int32Array, column: number) => {
    const own = new Float64Array(rows.length);
    for (let at = 0; at < own.length; at++) own[at] = values[(rows[at] ?? 0) * columns + column] ?? Number.NaN;
    return own.sort();
  };
  let [sum, pairs] = [0, 0];
  for (const [column, rows] of rowsOf.entries()) {
    const positives = sorted(rows, column);
    for (const others of rowsOf) {
      if (others === rows || others.length === 0 || rows.length === 0) continue;
      sum += areaUnderRoc({ positives, negatives: sorted(others, column) });
      pairs++;
    }
  }
  return sum / pairs;
};

const probability = (name: string, of: (rows: Parted) => number, otherForms: readonly Metric[]): ProbabilityMetric => ({
  name,
  direction: "maximize",
  input: "probability",
  ofOrder: true,
  score: (truth, predicted) => of(partedByLabel(truth, predicted)),
  otherForms,
});

const oneClass = { undefinedWhere: "all of these rows are of one class" };

const classes = (name: string, score: ClassScore): ClassProbabilitiesMetric => ({
  name,
  direction: "maximize",
  input: "class-probabilities",
  score,
  ...oneClass,
});

const evenly = (): number => 1;
const byRows = (positives: number): number => positives;

const auc = (name: string, ofClasses: ClassScore): ProbabilityMetric => ({
  ...probability(name, areaUnderRoc, [classes(name, ofClasses)]),
  ...oneClass,
});

/** Of more than two classes: one against the rest, evenly or by rows; one against one. Classes without a row do not count. */
export const rankMetrics: readonly Metric[] = [
  auc("auc", overClasses(areaUnderRoc, evenly)),
  auc("auc_weighted", overClasses(areaUnderRoc, byRows)),
  auc("auc_ovo", oneAgainstOne),
  probability("average_precision", areaUnderSteps, [classes("average_precision", overClasses(areaUnderSteps, evenly))]),
  {
    ...probability("gini", (rows) => 2 * areaUnderRoc(rows) - 1, [giniOfNumbers]),
    ...oneClass,
  },
];
