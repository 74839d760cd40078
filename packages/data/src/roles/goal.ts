import type { Column } from "../dataset.ts";
import { abbreviates, isAlike, wordsOfName } from "./column-words.ts";
import { bare } from "./names.ts";

/**
 * The columns that a goal asks for: what stands first behind "predict", as `weight` in "Predict the weight of a chick from its age and diet", several
 * where they are listed; else the only column that the text names at all. None where it names none, or leaves open which.
 */
export const askedFor = (columns: readonly string[], text: string): readonly string[] => {
  const sentences = sentencesOf(text);
  for (const sentence of sentences)
    for (const clause of clausesOf(sentence)) {
      const found = inClause(columns, clause);
      if (found !== undefined) return found;
    }
  return onlyNamed(columns, sentences);
};

/** A column of two classes, where the text asks whether something is of one of them, as `diagnosis` in "Is a lump malignant?" */
export const askedByClass = (columns: readonly Column[], text: string): string | undefined => {
  const ends = sentencesOf(text)
    .flatMap(clausesOf)
    .filter((clause) => yesOrNo.has(clause[0]?.text ?? ""))
    .flatMap((clause) => clause.findLast(({ mark }) => !mark)?.text ?? []);
  const found = columns.filter(
    ({ unique, values }) =>
      unique === 2 && values.some((value) => value.length >= 4 && ends.includes(value.toLowerCase())),
  );
  return found.length === 1 ? found[0]?.name : undefined;
};

const sentencesOf = (text: string): readonly (readonly Word[])[] => text.split(/(?<=[.?!])\s+|\n+/).map(wordsOf);

/** A word in small letters, or a mark that parts phrases. */
interface Word {
  readonly text: string;
  readonly mark: boolean;
}

/** A column that words of a clause name. */
interface Mention {
  readonly column: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (sentence: string): readonly Word[] =>
  [...sentence.toLowerCase().matchAll(/[\p{L}\p{N}]+|[():;,&?]/gu)].map(([text]) => ({
    text,
    mark: /^[():;,&?]$/.test(text),
  }));

const asks = new Set(
  "predict predicts predicting forecast forecasts forecasting estimate estimates estimating classify classifies classifying determine detect recognise recognize identify infer guess tell target".split(
    " ",
  ),
);
const questions = new Set(
  "what which who whose how is are was were do does did has have had will would can could should".split(" "),
);
const yesOrNo = new Set("whether if is are was were does do did has have had will would can could".split(" "));
/** What follows is known, and not asked for. */
const givens = new Set("from using by given based with".split(" "));
/** What follows says more of what stands before. */
const attaches = new Set(
  "of in for at on to after before during that which who whose when where if as between among within without about over under into through is are : ; ( ) ?".split(
    " ",
  ),
);
const joins = new Set([",", "&", "and", "or", "both", "the", "as", "well"]);
/** Words of every goal: as names of columns they count only where they are asked for. */
const usual = new Set(
  "model data dataset table classifier regression test train score error accuracy rows columns features class label value".split(
    " ",
  ),
);

/** What a sentence asks for: the words behind a verb, or a question's own. */
const clausesOf = (sentence: readonly Word[]): readonly (readonly Word[])[] => {
  const verbs = sentence.flatMap(({ text }, at) => (asks.has(text) ? [at + 1] : []));
  const isQuestion = questions.has(sentence[0]?.text ?? "") || sentence.at(-1)?.text === "?";
  return [...verbs, ...(isQuestion ? [0] : [])].map((start) => {
    const rest = sentence.slice(start);
    const end = rest.findIndex(({ text }) => givens.has(text));
    return end === -1 ? rest : rest.slice(0, end);
  });
};

/** `undefined` where nothing is named; none where it stays open which. */
const inClause = (columns: readonly string[], clause: readonly Word[]): readonly string[] | undefined => {
  const exact = exactIn(columns, clause);
  const cuts = clause.flatMap(({ text }, at) => (attaches.has(text) ? [at] : []));
  for (const [first, last] of [-1, ...cuts].map((cut, at) => [cut + 1, cuts[at] ?? clause.length] as const)) {
    const within = exact.filter(({ start }) => start >= first && start < last);
    const phrase = clause.slice(first, last);
    const scattered = scatteredIn(columns, clause, phrase, isAlike);
    const [longest] = within;
    // "total sleep" names sleep_total, and not total.
    if (
      scattered.length === 1 &&
      within.length <= 1 &&
      within.every(({ column }) => wordsOfName(scattered[0] ?? "").includes(bare(column)))
    )
      return scattered;
    if (longest !== undefined) return settled(within, clause);
    const near = nearIn(columns, phrase);
    if (near !== undefined) return [near];
    const short = columns.filter((name) =>
      abbreviates(
        name,
        phrase.filter(({ mark }) => !mark).map(({ text }) => text),
      ),
    );
    const found = short.length > 0 ? short : scatteredIn(columns, clause, phrase, abbreviatesWord);
    if (found.length > 0) return found.length === 1 ? found : [];
  }
  return undefined;
};

/** One column, those of a list, or the last of a compound, as `group` in "treatment group". */
const settled = (mentions: readonly Mention[], clause: readonly Word[]): readonly string[] => {
  const [first, ...rest] = mentions;
  if (first === undefined) return [];
  const listed = [first];
  for (const mention of rest) {
    const between = clause.slice(listed.at(-1)?.end, mention.start);
    if (between.length === 0) listed.splice(-1, 1, mention);
    else if (between.every(({ text }) => joins.has(text)) && between.some(({ text }) => text !== "the"))
      listed.push(mention);
    // "how many units each store sells": what is counted comes first.
    else return /^(many|much)$/.test(clause[first.start - 1]?.text ?? "") ? [first.column] : [];
  }
  return listed.map(({ column }) => column);
};

/** Columns whose whole name stands in the words, in order; a longer name takes what lies within it. */
const exactIn = (columns: readonly string[], words: readonly Word[]): readonly Mention[] => {
  const found = columns.flatMap((column) => {
    const names = new Set([bare(column), bare(column.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ""))]);
    names.delete("");
    return words.flatMap((first, start) => {
      if (first.mark) return [];
      let run = "";
      for (let end = start; end < Math.min(words.length, start + 8); end++) {
        const { text, mark } = words[end] ?? { text: "", mark: true };
        run += mark ? "" : text;
        if (!mark && names.has(run)) return [{ column, start, end: end + 1 }];
      }
      return [];
    });
  });
  const isWithin = (one: Mention, other: Mention) =>
    other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start;
  return found.filter((one) => !found.some((other) => isWithin(one, other))).toSorted((a, b) => a.start - b.start);
};

/** The column that a run of words is nearest to, a letter or two apart. */
const nearIn = (columns: readonly string[], words: readonly Word[]): string | undefined => {
  const texts = words.filter(({ mark }) => !mark).map(({ text }) => text);
  const runs = new Set(texts.flatMap((_, at) => [1, 2, 3, 4].map((count) => texts.slice(at, at + count).join(""))));
  const near = columns.filter(
    (column) => bare(column).length >= 4 && [...runs].some((run) => isAlike(bare(column), run)),
  );
  return near.length === 1 ? near[0] : undefined;
};

type Match = (part: string, word: string) => boolean;

const abbreviatesWord: Match = (part, word) => isAlike(part, word) || (part.length >= 3 && word.startsWith(part));

/** Columns of several words that all stand in the clause, in any order, one of them in the phrase: childHeight in "the height of a grown child". */
const scatteredIn = (
  columns: readonly string[],
  clause: readonly Word[],
  phrase: readonly Word[],
  matches: Match,
): readonly string[] =>
  columns.filter((column) => {
    const parts = wordsOfName(column);
    return (
      parts.length > 1 &&
      parts.every((part) => clause.some(({ text }) => matches(part, text))) &&
      parts.some((part) => phrase.some(({ text }) => matches(part, text)))
    );
  });

/** The one column that the text names, whole or nearly. */
const onlyNamed = (columns: readonly string[], sentences: readonly (readonly Word[])[]): readonly string[] => {
  const known = columns.filter((column) => !usual.has(bare(column)));
  const exact = [...new Set(sentences.flatMap((sentence) => exactIn(known, sentence).map(({ column }) => column)))];
  if (exact.length > 0) return exact.length === 1 ? exact : [];
  const near = [...new Set(sentences.flatMap((sentence) => nearIn(known, sentence) ?? []))];
  return near.length === 1 ? near : [];
};
