import { abbreviatesWord, isAlike, wordsOfName } from "./column-words.ts";
import { isGeneral, isGrammar, type Word } from "./goal-text.ts";
import { bare } from "./names.ts";

/** A column that words name, from `start` to before `end`. */
export interface Mention {
  readonly column: string;
  readonly start: number;
  readonly end: number;
}

/** Of a name with units and marks. */
const mostWords = 8;

/** Columns whose whole name stands in the words, in order; a longer name takes what lies within it. */
export const exactIn = (columns: readonly string[], words: readonly Word[]): readonly Mention[] => {
  const named = new Map<string, string[]>();
  for (const column of columns)
    for (const name of new Set([bare(column), bare(column.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ""))]))
      if (name !== "") named.set(name, [...(named.get(name) ?? []), column]);
  const found = words.flatMap((first, start) => {
    if (first.mark) return [];
    let run = "";
    return words.slice(start, start + mostWords).flatMap(({ text, mark }, at) => {
      run += mark ? "" : text;
      return mark ? [] : (named.get(run) ?? []).map((column) => ({ column, start, end: start + at + 1 }));
    });
  });
  const isWithin = (one: Mention, other: Mention) =>
    other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start;
  const meansIt = ({ column, end }: Mention) =>
    !isGrammar(bare(column)) && !(isGeneral(bare(column)) && words[end]?.text === "of");
  return found
    .filter((one) => !found.some((other) => isWithin(one, other)) && meansIt(one))
    .toSorted((a, b) => a.start - b.start);
};

/** The column that a run of words is nearest to: a plural, another spelling. */
export const nearIn = (columns: readonly string[], words: readonly Word[]): string | undefined => {
  const texts = words.filter(({ mark }) => !mark).map(({ text }) => text);
  const runs = new Set(texts.flatMap((_, at) => [1, 2, 3, 4].map((count) => texts.slice(at, at + count).join(""))));
  const near = columns.filter((column) => [...runs].some((run) => run !== bare(column) && isAlike(bare(column), run)));
  return near.length === 1 ? near[0] : undefined;
};

type Match = (part: string, word: string) => boolean;

/** Columns of several words that all stand in the clause, in any order, one of them in the phrase: childHeight in "the height of a grown child". */
export const scatteredIn = (
  columns: readonly string[],
  clause: readonly Word[],
  phrase: readonly Word[],
  matches: Match = isAlike,
): readonly string[] =>
  columns.filter((column) => {
    const parts = wordsOfName(column);
    return (
      parts.length > 1 &&
      parts.every((part) => clause.some(({ text }) => matches(part, text))) &&
      parts.some((part) => phrase.some(({ text }) => matches(part, text)))
    );
  });

export const shortScatteredIn = (
  columns: readonly string[],
  clause: readonly Word[],
  phrase: readonly Word[],
): readonly string[] => scatteredIn(columns, clause, phrase, abbreviatesWord);
