import { diffArrays } from "diff";
import { diff, type Diff, type Hunk } from "./diff.ts";
import { contentOf, splitLines } from "./lines.ts";

/**
 * Cuts hunks where both sides' tokens line up at the end of a line, so that two edits of neighbouring lines can be separated. Together the pieces
 * are the same edit.
 */
export const piecesOf = (hunks: Diff): Diff => hunks.flatMap(cut);

/**
 * The edit in pieces that follow the tokens of the whole texts rather than the fewest changed lines: of several equal lines, or of lines that are
 * brackets alone, a diff may keep the wrong one and tie together what has nothing to do with one another.
 */
export const alignedPieces = (original: string, edited: string): Diff => {
  const whole = { at: 0, removed: splitLines(original), added: splitLines(edited) };
  const found = cuts(whole);
  return found === undefined ? piecesOf(diff(original, edited)) : cutAt(whole, found).flatMap(trimmed);
};

/** Without the lines at its edges that it puts back as they were. */
const trimmed = ({ at, removed, added }: Hunk): Diff => {
  const shorter = Math.min(removed.length, added.length);
  let head = 0;
  while (head < shorter && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < shorter - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  const left = {
    at: at + head,
    removed: removed.slice(head, removed.length - tail),
    added: added.slice(head, added.length - tail),
  };
  return left.removed.length + left.added.length === 0 ? [] : [left];
};

/** Every changed line by itself: a hunk's removed lines, then its added ones. */
export const linesOf = (hunks: Diff): Diff =>
  hunks.flatMap(({ at, removed, added }): Diff => [
    ...removed.map((line, offset): Hunk => ({ at: at + offset, removed: [line], added: [] })),
    ...added.map((line): Hunk => ({ at: at + removed.length, removed: [], added: [line] })),
  ]);

const cut = (hunk: Hunk): Diff => cutAt(hunk, cuts(hunk) ?? [[hunk.removed.length, hunk.added.length]]);

const cutAt = ({ at, removed, added }: Hunk, places: readonly Cut[]): Diff => {
  const pieces: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of places) {
    pieces.push({ at: at + i, removed: removed.slice(i, a), added: added.slice(j, b) });
    [i, j] = [a, b];
  }
  return pieces;
};

type Cut = readonly [removed: number, added: number];

/** Beyond that many token edits the two sides have nothing to line up. */
const mostTokenEdits = 600;

/** The places where both sides are at the end of a line, on one shortest way through their tokens; the last is the end of the hunk. */
const cuts = ({ removed, added }: Hunk): readonly Cut[] | undefined => {
  const [left, right] = [sideOf(removed), sideOf(added)];
  const changes = diffArrays([...left.tokens], [...right.tokens], { maxEditLength: mostTokenEdits });
  if (changes === undefined) return undefined;
  const found: Cut[] = [];
  let [p, q] = [0, 0];
  for (const [index, change] of changes.entries()) {
    // Tokens that give way to others are one change: no cut inside it.
    const isFirstHalf = isChange(change) && isChange(changes[index + 1]);
    const isMixed = isFirstHalf || (isChange(change) && isChange(changes[index - 1]));
    for (let step = 1; step <= change.count; step++) {
      if (!change.added) p++;
      if (!change.removed) q++;
      const [i, j] = [left.ends.get(p), right.ends.get(q)];
      const isCorner = !isMixed || (!isFirstHalf && step === change.count);
      if (isCorner && i !== undefined && j !== undefined) found.push([i, j]);
    }
  }
  return found;
};

const isChange = (change: { readonly added: boolean; readonly removed: boolean } | undefined): boolean =>
  change !== undefined && (change.added || change.removed);

/** One side of a hunk as tokens, and the lines that end after so many of them. */
interface Side {
  readonly tokens: readonly string[];
  readonly ends: ReadonlyMap<number, number>;
}

const sideOf = (lines: readonly string[]): Side => {
  const tokens: string[] = [];
  const ends = new Map([[0, 0]]);
  for (const [at, line] of lines.entries()) {
    tokens.push(...tokensOf(contentOf(line)), "\n");
    ends.set(tokens.length, at + 1);
  }
  return { tokens, ends };
};

/** Roughly Python's tokens: both quotes are one, a comment is none. It only has to line things up. */
const tokensOf = (line: string): readonly string[] =>
  (line.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#.*$|[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|[^\s]/gu) ?? [])
    .filter((token) => !token.startsWith("#"))
    .map((token) => (token.length > 1 && token.startsWith("'") ? `"${token.slice(1, -1)}"` : token));
