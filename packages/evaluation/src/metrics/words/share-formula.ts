import type { Reading } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

const quantity =
  /^(share|fraction|proportion|percentage|percent|portion|ratio|rate|number|count|amount|often|frequency|many|average)$/;
const right = /^(correct|correctly|right|rightly|accurately)$/;
const wrong =
  /^(incorrect|incorrectly|wrong|wrongly|mistaken|misclassified|misclassifications?|mislabelled|mislabeled|mispredicted)$/;
const predicting =
  /^(predict(s|ed|ion|ions)?|classif(y|ies|ied|ication|ications)|label(s|led|ed)?|guess(es|ed)?|identified|identif(y|ies)|assigned|categori[sz]ed?|answer(s|ed)?|recogni[sz]ed?|get|gets|got|match(es)?|decisions?|outcomes?|choices?|forecasts?)$/;

/** Not what the share is of: "classified rows", but "classified on the test set". */
const goesElsewhere =
  /^(?:on|of|in|by|for|is|are|was|were|will|which|that|who|over|across|between|with|using|and|or|as|should|must|decides?|counts?|to|from|at)$/;

/** How far apart the words of one share may lie. */
const reach = 16;

/** Accuracy, or its opposite, in words: "the share of rows that are classified correctly", "how often the guess is right". */
export const shareFormulaAt = (
  tokens: readonly Token[],
  start: number,
): { readonly reading: Reading; readonly end: number } | undefined => {
  if (!quantity.test(tokens[start]?.word ?? "")) return undefined;
  let end = start + 1;
  while (end < tokens.length && end - start < reach && tokens[end]?.apart === false) end++;
  const within = tokens.slice(start + 1, end).map(({ word }) => word);
  if (within.some((word) => /^(positives?|negatives?)$/.test(word))) return undefined;
  const isWrong = within.some((word) => wrong.test(word));
  const last = within.findLastIndex((word) => right.test(word) || wrong.test(word) || predicting.test(word));
  const says = isWrong || within.some((word) => right.test(word));
  const misses = within.some((word) => /^mis(classified|classifications?|labelled|labeled|predicted)$/.test(word));
  if (!says || !(misses || within.some((word) => predicting.test(word)))) return undefined;
  const reading: Reading = { kind: "name", name: isWrong ? "error_rate" : "accuracy", strength: "weak" };
  let after = start + 2 + last;
  while (after < end && !goesElsewhere.test(tokens[after]?.word ?? "")) after++;
  return { reading, end: after };
};
