import { decide, unknown } from "./decide.ts";
import { allSentences, evaluationSentences } from "./evaluation-sentences.ts";
import { positiveClassIn } from "./positive-class.ts";
import { statementsIn } from "./statements.ts";
import { plainText } from "./tokens.ts";
import { metricLikePhrase } from "./unknown-phrase.ts";
import { wholeName } from "./whole-name.ts";

/** What a text says of the metric. */
export type ReadMetric =
  | {
      readonly kind: "metric";
      /** As `metricNamed` takes it, with its parameter. */
      readonly name: string;
      /** The positive class, where the text names one. */
      readonly positive?: string;
    }
  /** It names several, or one that could be several. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  /** It names one that the library lacks. */
  | { readonly kind: "unknown"; readonly words: string; readonly nearest: readonly string[] }
  | { readonly kind: "none" };

const longestName = 12;

/** What sentences that are all about the evaluation say. */
const readSentences = (sentences: readonly string[]): ReadMetric => {
  const read = decide(sentences.flatMap(statementsIn));
  if (read.kind !== "none") return read;
  const [first = "", second] = sentences;
  const isWhole = second === undefined && first.split(/\s+/).length <= longestName;
  const name = isWhole ? wholeName(first) : undefined;
  if (name !== undefined) return { kind: "metric", name };
  const phrase = sentences.map((one) => metricLikePhrase(one, isWhole)).find((one) => one !== undefined);
  return phrase === undefined ? read : unknown(phrase);
};

/**
 * The metric that a text means, by names, aliases and formulas in words. Of an evaluation text every sentence counts, of a description those
 * that speak of evaluation; the surest one decides, and where sure ones contradict each other nothing is guessed.
 */
export const readMetric = ({
  evaluation = "",
  description = "",
}: {
  readonly evaluation?: string | undefined;
  readonly description?: string | undefined;
}): ReadMetric => {
  const fromEvaluation = readSentences(allSentences(evaluation));
  const read = fromEvaluation.kind === "none" ? readSentences(evaluationSentences(description)) : fromEvaluation;
  const positive =
    positiveClassIn(plainText(evaluation)) ?? positiveClassIn(evaluationSentences(description).join(" "));
  return read.kind === "metric" && positive !== undefined ? { ...read, positive } : read;
};
