import { distance } from "fastest-levenshtein";
import { bare } from "./names.ts";

/** The words of a column's name: life and exp of `lifeExp`. */
export const wordsOfName = (name: string): readonly string[] =>
  name
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The same word, but for a letter or two: a plural, another spelling. */
export const isAlike = (first: string, second: string): boolean =>
  first === second || (Math.min(first.length, second.length) >= 4 && distance(first, second) <= 0.2 * first.length);

/** Words that count or sort whatever follows: nothing is short for them. */
const general = new Set(
  "number amount value kind type level rate total count probability chance likelihood percentage share class category name".split(
    " ",
  ),
);

/**
 * Whether a name is short for some of the words: the start of one (mag: magnitude), its consonants (hwy: highway), the first letters of several (mpg: miles
 * per gallon), or the start of two (medv: median value).
 */
export const abbreviates = (name: string, words: readonly string[]): boolean => {
  const short = bare(name);
  if (short.length < 3 || !/^\p{L}+$/u.test(short)) return false;
  return words.some(
    (word, at) =>
      (!general.has(word) && ((word.length > short.length && word.startsWith(short)) || isSkeleton(short, word))) ||
      words
        .slice(at, at + short.length)
        .map((one) => one[0])
        .join("") === short ||
      isStartOfTwo(short, word, words[at + 1]),
  );
};

const isSkeleton = (short: string, word: string): boolean => {
  if (/[aeiou]/.test(short) || word.length <= short.length || word[0] !== short[0] || word.at(-1) !== short.at(-1))
    return false;
  let at = 0;
  for (const letter of short) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

const isStartOfTwo = (short: string, first: string, second: string | undefined): boolean => {
  if (second === undefined) return false;
  for (let cut = 3; cut < short.length; cut++)
    if (first.startsWith(short.slice(0, cut)) && second.startsWith(short.slice(cut))) return true;
  return false;
};
