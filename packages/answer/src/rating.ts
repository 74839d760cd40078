import { splitReasoning } from "./reasoning.ts";

const worst = 0;
const best = 10;

/** Words that models answer in place of a number, as in the prompts of the paper. */
const words: readonly (readonly [RegExp, number])[] = [
  [/\bimpossible\b/i, 0],
  [/\bunlikely\b/i, 2],
  [/\blikely\b/i, 6],
  [/\bsure\b/i, 9],
];

/**
 * Reads a rating from 0 to 10 out of an answer: the last number that follows a word as "value" or "score", else the last one of the form 7/10, else
 * a last line that is a number, else a word as "likely". Percentages and fractions of 100 are scaled. `undefined` where there is nothing to read.
 */
export const parseRating = (answer: string): number | undefined => {
  const text = splitReasoning(answer).text.replaceAll(/[*_`]/g, "");
  const named = [
    ...text.matchAll(
      /\b(?:value|score|rating|grade)\b(?:\s*\([^)\n]*\))?[^\d\n-]{0,20}(-?\d+(?:\.\d+)?)(?:\s*(%|\/\s*\d+))?/gi,
    ),
  ];
  const fraction = [...text.matchAll(/(-?\d+(?:\.\d+)?)\s*(\/\s*10{1,2})\b/g)];
  const alone = [...text.matchAll(/^\s*(-?\d+(?:\.\d+)?)\s*(%)?\.?\s*$/gm)];
  const found = named.at(-1) ?? fraction.at(-1) ?? alone.at(-1);
  if (found !== undefined) return scaled(Number(found[1]), found[2]);
  return words.find(([word]) => word.test(text))?.[1];
};

const scaled = (value: number, unit: string | undefined): number => {
  const whole = unit === undefined ? undefined : unit === "%" ? 100 : Number(unit.replace("/", ""));
  // Without a unit, a number between 10 and 100 can only be a percentage.
  const of = whole ?? (value > best && value <= 100 ? 100 : best);
  return Math.min(best, Math.max(worst, of > 0 ? (value / of) * best : worst));
};
