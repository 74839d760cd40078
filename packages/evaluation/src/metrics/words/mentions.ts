import { errorFormulaAt } from "./error-formula.ts";
import { longestSpelling, readingOf, type Reading } from "./lexicon.ts";
import { logarithmIn } from "./logarithms.ts";
import { changesAfter, changesBefore, changesInArguments, withChanges } from "./modifiers.ts";
import { shareFormulaAt } from "./share-formula.ts";
import { tokensOf, type Token } from "./tokens.ts";

/** A metric that a sentence names. */
export interface Mention {
  readonly reading: Reading;
  /** Tokens from `start` to before `end`, with the words beside the name that make a difference to it. */
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly reading: Reading;
  readonly end: number;
}

/** The longest known spelling from here on. */
const spellingAt = (tokens: readonly Token[], start: number, anyCase: boolean): Found | undefined => {
  let text = "";
  let found: Found | undefined;
  for (let end = start; end < tokens.length; end++) {
    const token = tokens[end];
    if (token === undefined || (end > start && token.apart)) break;
    // Two numbers are not one: "F1 = 2 …".
    if (/\d$/.test(text) && /^\d/.test(token.word)) break;
    text += token.word;
    if (text.length > longestSpelling + 4) break;
    const known = readingOf(text);
    const reading = known && !anyCase ? asWritten(known, tokens.slice(start, end + 1)) : known;
    if (reading !== undefined) found = { reading, end: end + 1 };
  }
  return found;
};

const inCapitals = (tokens: readonly Token[]): boolean => /\p{Lu}{2}/u.test(tokens.map(({ raw }) => raw).join(""));

/** As the letters have it: `ap` is no metric where `AP` is one, and `MAE` is one wherever it stands. */
const asWritten = (reading: Reading, tokens: readonly Token[]): Reading | undefined => {
  if (reading.strength === "acronyms") return { ...reading, strength: inCapitals(tokens) ? "plain" : "weak" };
  return reading.strength !== "capitals" || inCapitals(tokens) ? reading : undefined;
};

const foundAt = (tokens: readonly Token[], start: number, anyCase: boolean): Found | undefined =>
  [spellingAt(tokens, start, anyCase), errorFormulaAt(tokens, start), shareFormulaAt(tokens, start)]
    .filter((found) => found !== undefined)
    .toSorted((a, b) => b.end - a.end)[0];

/** The words before a place, up to a sign that parts them or to the metric before. */
const wordsBefore = (tokens: readonly Token[], start: number, least: number): string => {
  let first = start;
  while (first > least && start - first < 10 && tokens[first]?.apart === false) first--;
  return joined(tokens, first, start);
};

/** The words after one; a bracket or a comma right there parts nothing: "F1 (macro)". */
const wordsAfter = (tokens: readonly Token[], end: number): string => {
  let last = end;
  while (last < tokens.length && last - end < 12 && (last === end || tokens[last]?.apart === false)) last++;
  return joined(tokens, end, last);
};

const joined = (tokens: readonly Token[], start: number, end: number): string =>
  tokens
    .slice(start, end)
    .map(({ word }) => word)
    .join(" ");

/** All metrics that a sentence names, with what the words beside them make of them. `anyCase`: `ap` is as good as `AP`. */
export const mentionsIn = (
  sentence: string,
  tokens: readonly Token[] = tokensOf(sentence),
  anyCase = false,
): readonly Mention[] => {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = foundAt(tokens, at, anyCase);
    if (found === undefined) {
      at++;
      continue;
    }
    const before = changesBefore(wordsBefore(tokens, at, mentions.at(-1)?.end ?? 0));
    const after = changesAfter(wordsAfter(tokens, found.end));
    const given = changesInArguments(sentence.slice(tokens[found.end - 1]?.end));
    const changes = [...before.changes, ...after.changes, ...given];
    const reading = ofLogarithms(withChanges(found.reading, changes), sentence);
    mentions.push({ reading, start: at - before.words, end: found.end + after.words });
    at = found.end + after.words;
  }
  return mentions;
};

const logarithmic: Readonly<Record<string, string>> = { rmse: "rmsle", mse: "msle" };

const ofLogarithms = (reading: Reading, sentence: string): Reading => {
  if (reading.kind !== "name" || !["rmse", "mse", "mae"].includes(reading.name)) return reading;
  const logarithm = logarithmIn(sentence);
  if (logarithm === "none") return reading;
  const name = logarithm === "natural" ? logarithmic[reading.name] : undefined;
  return name === undefined ? { kind: "unknown", strength: reading.strength } : { ...reading, name };
};
