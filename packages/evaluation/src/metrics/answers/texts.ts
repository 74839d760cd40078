import { distance } from "fastest-levenshtein";
import type { TextMetric } from "../metric.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/\S+/g));

/** Words in both texts beside words in either; 1 for two texts without words. */
const wordJaccard: TextMetric["ofRow"] = (truth, predicted) => {
  const [actual, answered] = [words(truth), words(predicted)];
  let both = 0;
  for (const word of actual) if (answered.has(word)) both++;
  const either = actual.size + answered.size - both;
  return either === 0 ? 1 : both / either;
};

export const textMetrics: readonly TextMetric[] = [
  { name: "word_jaccard", direction: "maximize", input: "text", ofRow: wordJaccard },
  { name: "levenshtein", direction: "minimize", input: "text", ofRow: distance },
];
