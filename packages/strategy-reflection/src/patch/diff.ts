import { commonLines, type Pair } from "./common-lines.ts";
import { endOf, splitLines, usualEnd } from "./lines.ts";
import { patchMisfit } from "../errors.ts";

/** Lines that change together, each with its end. A hunk that removes nothing inserts before the line at `at`. */
export interface Hunk {
  /** Place in the original, from 0. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Hunks in order, none over another. */
export type Diff = readonly Hunk[];

/** The line diff with the fewest changed lines there can be. Lines that differ only in their end differ. */
export const diff = (original: string, edited: string): Diff => {
  const [before, after] = [splitLines(original), splitLines(edited)];
  return hunksBetween(before, after, commonLines(before, after));
};

/** What lies between the lines that both sides keep. */
export const hunksBetween = (before: readonly string[], after: readonly string[], kept: readonly Pair[]): Diff => {
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...kept, [before.length, after.length] as const]) {
    if (a > i || b > j) hunks.push({ at: i, removed: before.slice(i, a), added: after.slice(j, b) });
    [i, j] = [a + 1, b + 1];
  }
  return hunks;
};

/**
 * The text after the edit; any part of a diff in its order is a diff as well.
 * @throws AideError `AIDE_PATCH_MISFIT` where the original is not the text that the diff was made from.
 */
export const apply = (hunks: Diff, original: string): string => {
  const lines = splitLines(original);
  const parts: string[] = [];
  let next = 0;
  for (const { at, removed, added } of hunks) {
    if (at < next || at > lines.length || removed.some((line, offset) => lines[at + offset] !== line))
      throw patchMisfit();
    parts.push(...lines.slice(next, at), ...added);
    next = at + removed.length;
  }
  return joined([...parts, ...lines.slice(next)], original);
};

/** In a part of a diff other lines may follow the one that ended the file without a line end: it gets one, or the two would be one line. */
const joined = (lines: readonly string[], original: string): string =>
  lines.map((line, at) => (at === lines.length - 1 || endOf(line) !== "" ? line : line + usualEnd(original))).join("");

/** Lines removed and added. */
export const changedLines = (hunks: Diff): number =>
  hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0);

/** Where each hunk's added lines begin in the edited text, from 0. */
export const editedPlaces = (hunks: Diff): readonly number[] => {
  let shift = 0;
  return hunks.map(({ at, removed, added }) => {
    const place = at + shift;
    shift += added.length - removed.length;
    return place;
  });
};
