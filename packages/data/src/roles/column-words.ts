import { distance } from "fastest-levenshtein";
import { isGeneral } from "./goal-text.ts";
import { bare } from "./names.ts";

/** The words of a column's name: life and exp of `lifeExp`. */
export const wordsOfName = (name: string): readonly string[] =>
  name
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The same word in another form, as a plural, or a long one except for a letter or two. */
export const isAlike = (first: string, second: string): boolean => {
  if (first === second) return true;
  const [short, long] = first.length < second.length ? [first, second] : [second, first];
  if (short.length < 4) return false;
  if (long.startsWith(short) && /^(s|es|d|ed|r|er|ing)$/.test(long.slice(short.length))) return true;
  return short.length >= 6 && first[0] === second[0] && distance(first, second) <= 0.2 * first.length;
};

/** A form of the word, or its start. */
export const abbreviatesWord = (part: string, word: string): boolean =>
  isAlike(part, word) || (part.length >= 3 && word.startsWith(part));

const articles = new Set(["a", "an", "the", "will", "is", "it", "its"]);

/**
 * Whether a name is short for some of the words: the start of one (mag: magnitude), its consonants (hwy: highway), the first letters of several (mpg: miles
 * per gallon), or the start of two (medv: median value).
 */
export const abbreviates = (name: string, all: readonly string[]): boolean => {
  const short = bare(name);
  if (short.length < 3 || !/^\p{L}+$/u.test(short)) return false;
  const words = all.filter((word) => !articles.has(word));
  return words.some(
    (word, at) =>
      (!isGeneral(word) && word.length > short.length && word.startsWith(short)) ||
      isSkeleton(short, word) ||
      words
        .slice(at, at + short.length)
        .map((one) => one[0])
        .join("") === short ||
      isStartOfTwo(short, word, words[at + 1]),
  );
};

/** The consonants of a word, or some of them, from the first letter to the last. */
export const isSkeleton = (short: string, word: string): boolean => {
  if (short.length < 3 || /[aeiou\d]/.test(short) || isGeneral(word) || word.length <= short.length) return false;
  if (word[0] !== short[0] || word.at(-1) !== short.at(-1)) return false;
  let at = 0;
  for (const letter of short) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

const isStartOfTwo = (short: string, first: string, second: string | undefined): boolean => {
  if (second === undefined) return false;
  for (let cut = 3; cut < Math.min(short.length, first.length); cut++)
    if (first.startsWith(short.slice(0, cut)) && second.startsWith(short.slice(cut))) return true;
  return false;
};
