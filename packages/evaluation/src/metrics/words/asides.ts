const dropsWhatFollows =
  /\b(?:(?:not|instead of|rather than|unlike|opposed to|in place of|no longer|never|without|neither|nor|replac(?:es|ing)|ignor(?:e|es|ing)|except|avoid)\b(?! only\b)(?: [^\s,;:()]+){0,5}|(?:similar to|related to|compared (?:to|with)|in contrast to|than|like|relative to|differs? from)(?: [^\s,;:()]+){0,2}|(?:predict|forecast|estimate|determine)(?:ing)?(?: (?:the|a|an|its|their|each|every|how))*)[\s"'*]*$/;
const droppedAfter =
  /^ ?(?:score|metric|error|value|measure)?s? ?(?:is|are|was|were|will|does|do|has|have|can)? ?(?:not|no longer|never|(?:was|were|has been|is) replaced|used to be)\b/;
const aside =
  /\b(?:nice|bonus|a plus|ties?|tie-?break(?:s|er|ers|ing)?|also (?:report|show|track|log|compute|display|publish)\w*|(?:for|as a) reference|baselines?|benchmarks?|previous(?:ly)?|formerly|last year|secondary|monitor(?:ed|ing)?|train(?:ed|ing)? (?:with|on|loss|objective)|loss function|early stopping|achiev(?:e|es|ed|ing)|reach(?:es|ed)|obtain(?:s|ed)|state of the art|informational|for information|in addition|additionally|shown for|is reported)\b/;

const valueAfter =
  /^ (?:score |metric |value )?(?:of|above|below|over|under|around|about|at least|at most|=|>|<|≥|≤) ?[`'"(]*\d/;
/** The part of a sentence between signs, or between "but" and "while", that holds the place. */
const clauseAround = (before: string, after: string): string => {
  const start = before.split(/[,;:()–—]|\b(?:but|while|whereas|although|though|however)\b/).at(-1) ?? "";
  const end = after.split(/[,;:()–—]|\b(?:but|while|whereas|although|though|however)\b/)[0] ?? "";
  return `${start}§${end}`;
};

/**
 * Whether a metric is named to say that it does not count, or counts less: "not RMSE", "a lower MAE is nice", "ties are broken by AUC"; or as what
 * is to be predicted.
 */
export const isAside = (before: string, after: string): boolean =>
  dropsWhatFollows.test(before) || droppedAfter.test(after) || aside.test(clauseAround(before, after));

/** Whether it comes with a result: "an AUC of 0.8". */
export const isResult = (after: string): boolean => valueAfter.test(after);
