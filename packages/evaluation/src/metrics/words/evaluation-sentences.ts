import { speaksOfEvaluation } from "./cues.ts";
import { sectionsOf } from "./sentences.ts";

const ofEvaluation = /\b(?:evaluat\w*|metrics?|scoring|judging|grading|assessment)\b/i;

/** Of a whole description, the sentences under headings of evaluation, and others that speak of it. */
export const evaluationSentences = (description: string): readonly string[] => {
  let open = Number.POSITIVE_INFINITY;
  return sectionsOf(description).flatMap(({ heading, level, sentences }) => {
    if (level <= open) open = ofEvaluation.test(heading) ? level : Number.POSITIVE_INFINITY;
    const isOpen = open !== Number.POSITIVE_INFINITY;
    return [...(isOpen ? [heading] : []), ...sentences.filter((one) => isOpen || speaksOfEvaluation(one))];
  });
};

/** Of an evaluation text all, its headings too. */
export const allSentences = (text: string): readonly string[] =>
  sectionsOf(text).flatMap(({ heading, sentences }) => (heading === "" ? sentences : [heading, ...sentences]));
