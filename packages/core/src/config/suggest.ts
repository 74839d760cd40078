import { distance } from "fastest-levenshtein";

/** The known name that a misspelt one most likely means; `undefined` where none is near. */
export const suggest = (name: string, known: readonly string[]): string | undefined => {
  const near = known
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, away }) =>
        away < name.length && away <= Math.max(2, Math.floor(Math.max(name.length, candidate.length) / 3)),
    )
    .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1));
  return near[0]?.candidate;
};
