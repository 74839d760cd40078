/** What is known of a target before a run. */
export interface TargetFacts {
  readonly name: string;
  /** Of the column: `number` for one with fractions, `category` for few texts. */
  readonly type: "integer" | "number" | "boolean" | "category" | "text" | "date" | "empty";
  /** Different values. */
  readonly unique: number;
  /** As the data writes them, where they are few. */
  readonly classes?: readonly string[] | undefined;
}

/** More different whole numbers are amounts, not classes. */
const mostWhole = 50;
/** More different numbers with fractions are amounts. */
const mostFractions = 20;

export const holdsNumbers = ({ type }: TargetFacts): boolean => type === "integer" || type === "number";

export const classCount = ({ classes, unique }: TargetFacts): number => classes?.length ?? unique;

/** Whether the target's values can be classes. Texts and truth values always are, numbers where they are few. */
export const holdsClasses = ({ type, unique }: TargetFacts): boolean =>
  type === "integer" ? unique <= mostWhole : type === "number" ? unique <= mostFractions : type !== "date";

/** Whether its classes stand in an order: numbers do, texts do not, and of two no order matters. */
export const holdsOrder = (facts: TargetFacts): boolean =>
  holdsNumbers(facts) || facts.type === "boolean" || classCount(facts) <= 2;

const isAmount = (facts: TargetFacts): boolean => holdsNumbers(facts) && !holdsClasses(facts);

/** In words, for messages. */
export const spokenFacts = (facts: TargetFacts): string => {
  const { type, unique } = facts;
  if (isAmount(facts)) return `numbers, ${unique} different ones`;
  if (type === "date") return "dates";
  const order = holdsOrder(facts) ? "" : " without an order";
  return `${classCount(facts)} ${holdsNumbers(facts) ? "whole numbers or classes" : `classes${order}`}`;
};

/** Metrics that are often meant for such a target. */
export const usualNames = (facts: TargetFacts): readonly string[] => {
  if (isAmount(facts)) return ["rmse", "mae", "r2"];
  if (classCount(facts) <= 2) return ["accuracy", "auc", "f1", "logloss"];
  return ["accuracy", "f1_macro", "balanced_accuracy", "logloss"];
};

/** The metric that is taken where nobody names one. */
export const usualMetric = ({ type, unique }: TargetFacts): string =>
  type === "number" || (type === "integer" && unique > 20) ? "rmse" : "accuracy";
