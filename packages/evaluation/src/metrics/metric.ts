/** One number for each row. */
export type Numbers = ArrayLike<number>;

/** `columns` numbers for each row, row after row. */
export interface Matrix {
  readonly values: Float64Array;
  readonly columns: number;
}

interface Described {
  /** As `metric=` takes it, parameter included: `rmse`, `map@5`, `pinball:0.9`. */
  readonly name: string;
  readonly direction: "maximize" | "minimize";
  /** When the score is NaN; ends the sentence "It is not defined where …". */
  readonly undefinedWhere?: string;
  /** Only the order of the predictions counts. */
  readonly ofOrder?: true;
  /** What a constant gets by convention where the formula gives it nothing. */
  readonly constantScore?: number;
  /** The same metric for answers of another form. */
  readonly otherForms?: readonly Metric[];
}

type Score<Truth, Predicted> = (truth: Truth, predicted: Predicted) => number;

export interface NumberMetric extends Described {
  readonly input: "number";
  /** Both have the same length, at least 1. NaN where it is not defined. */
  readonly score: Score<Numbers, Numbers>;
  /** The constant that does best on such values, beside mean and median. */
  readonly constant?: (values: Numbers) => number;
}

export interface LabelMetric extends Described {
  readonly input: "label";
  /** Of indexes of classes, in the classes' order; the positive one of two is 1. */
  readonly score: Score<Numbers, Numbers>;
  /** It has a positive class and a negative one. */
  readonly ofTwo?: true;
  /** The classes have an order, as grades have. */
  readonly ordered?: true;
}

export interface ProbabilityMetric extends Described {
  readonly input: "probability";
  /** `truth`: 1 for rows of the positive class, else 0. `predicted`: its probability, or any number that grows with it. */
  readonly score: Score<Numbers, Numbers>;
  /** What is predicted must lie in 0…1. */
  readonly inUnit?: true;
}

export interface ClassProbabilitiesMetric extends Described {
  readonly input: "class-probabilities";
  /** `truth`: indexes of the columns of `predicted`. */
  readonly score: Score<Numbers, Matrix>;
  /** Rows are probabilities: none below 0, and not all 0. */
  readonly inUnit?: true;
}

export interface RankingMetric extends Described {
  readonly input: "ranking";
  /** Of one row: the labels that are right, and those that were answered, best first. The metric is the mean of the rows. */
  readonly ofRow: Score<readonly string[], readonly string[]>;
}

export interface TextMetric extends Described {
  readonly input: "text";
  /** Of one row. The metric is the mean of the rows. */
  readonly ofRow: Score<string, string>;
}

/** A way to score predictions, by what it compares. */
export type Metric =
  | NumberMetric
  | LabelMetric
  | ProbabilityMetric
  | ClassProbabilitiesMetric
  | RankingMetric
  | TextMetric;

export type MetricInput = Metric["input"];
