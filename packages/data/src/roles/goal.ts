import type { Column } from "../dataset.ts";
import { abbreviates, isSkeleton, wordsOfName } from "./column-words.ts";
import {
  asksYesOrNo,
  clausesOf,
  isOften,
  phrasesOf,
  sentencesOf,
  partsThatAsk,
  type Phrase,
  type Word,
} from "./goal-text.ts";
import { exactIn, nearIn, scatteredIn, shortScatteredIn, type Mention } from "./mentions.ts";
import { bare } from "./names.ts";

/**
 * The columns that a goal asks for: what stands first behind "predict", as `weight` in "Predict the weight of a chick from its age and diet", several
 * where they are listed; else the only column that the text names at all. None where it names none, or leaves open which.
 */
export const askedFor = (columns: readonly string[], text: string): readonly string[] => {
  const sentences = sentencesOf(text);
  for (const clause of sentences.flatMap(clausesOf)) {
    const exact = exactIn(columns, clause);
    for (const phrase of phrasesOf(clause)) {
      const found = inPhrase(columns, exact, clause, phrase);
      if (found !== undefined) return found;
    }
  }
  return onlyNamed(uncommon(columns), sentences.flatMap(partsThatAsk));
};

/** A column of two classes, where the text asks whether something is of one of them, as `diagnosis` in "Is a lump malignant?" */
export const askedByClass = (columns: readonly Column[], text: string): string | undefined => {
  const ends = sentencesOf(text)
    .flatMap(clausesOf)
    .filter(asksYesOrNo)
    .flatMap((clause) => clause.findLast(({ mark }) => !mark)?.text ?? []);
  const found = columns.filter(
    ({ unique, values }) =>
      unique === 2 && values.some((value) => value.length >= 4 && ends.includes(value.toLowerCase())),
  );
  return found.length === 1 ? found[0]?.name : undefined;
};

const uncommon = (columns: readonly string[]): readonly string[] => columns.filter((column) => !isOften(bare(column)));

/** `undefined` where nothing is named; none where it stays open which. */
const inPhrase = (
  all: readonly string[],
  exact: readonly Mention[],
  clause: readonly Word[],
  { words, start, end, leads, isAside }: Phrase,
): readonly string[] | undefined => {
  // Further on, words as "in a day" are the goal's own.
  const columns = leads ? all : uncommon(all);
  const texts = words.filter(({ mark }) => !mark).map(({ text }) => text);
  const consonants = columns.filter((name) => texts.some((text) => isSkeleton(bare(name), text)));
  if (isAside) return consonants.length === 1 ? consonants : undefined;
  const inside = exact.filter(
    (mention) => mention.start >= start && mention.start < end && columns.includes(mention.column),
  );
  // What something is of is asked for where nothing stands behind it: not owner in "the value of owner-occupied homes".
  const isNoun = !/^(of|for)$/.test(clause[start - 1]?.text ?? "") || inside.at(-1)?.end === end;
  const within = isNoun ? inside : [];
  const scattered = scatteredIn(columns, clause, words);
  const [only] = scattered;
  // "total sleep" names sleep_total, and not total.
  const isPart = ({ column }: Mention) => wordsOfName(only ?? "").includes(bare(column));
  if (scattered.length === 1 && within.length <= 1 && within.every(isPart)) return scattered;
  if (within.length > 0) return chosenFrom(within, clause, leads);
  const near = nearIn(columns, words);
  if (near !== undefined) return [near];
  const short = leads ? columns.filter((name) => abbreviates(name, texts)) : consonants;
  const found = short.length > 0 ? short : leads ? shortScatteredIn(columns, clause, words) : [];
  return found.length === 0 ? undefined : found.length === 1 ? found : [];
};

const joins = new Set([",", "&", "and", "or", "both", "the", "as", "well"]);

/** One column, those of a list, or the last of a compound, as `group` in "treatment group". */
const chosenFrom = (mentions: readonly Mention[], clause: readonly Word[], leads: boolean): readonly string[] => {
  const [first, ...rest] = mentions;
  if (first === undefined) return [];
  const listed = [first];
  for (const mention of rest) {
    const between = clause.slice(listed.at(-1)?.end, mention.start);
    const isListed = between.every(({ text }) => joins.has(text)) && between.some(({ text }) => text !== "the");
    if (between.length === 0) listed.splice(-1, 1, mention);
    else if (isListed && leads) listed.push(mention);
    // "how many units each store sells": what is counted comes first.
    else return /^(many|much)$/.test(clause[first.start - 1]?.text ?? "") ? [first.column] : [];
  }
  return listed.map(({ column }) => column);
};

/** The one column that the text names, whole or nearly. */
const onlyNamed = (columns: readonly string[], sentences: readonly (readonly Word[])[]): readonly string[] => {
  const exact = [...new Set(sentences.flatMap((sentence) => exactIn(columns, sentence).map(({ column }) => column)))];
  if (exact.length > 0) return exact.length === 1 ? exact : [];
  const near = [...new Set(sentences.flatMap((sentence) => nearIn(columns, sentence) ?? []))];
  return near.length === 1 ? near : [];
};
