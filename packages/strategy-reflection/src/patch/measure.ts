import { changedLines, diff, type Diff } from "./diff.ts";
import { splitLines } from "./lines.ts";

/** How large an edit is. Counts are of lines and hunks. */
export interface PatchSize {
  readonly noOp: boolean;
  readonly hunks: number;
  readonly added: number;
  readonly removed: number;
  /** Changed lines over the lines of both texts, from 0 (none) to 1 (all). */
  readonly changedRatio: number;
  /** Fewest lines to add, remove or replace (Levenshtein over lines). */
  readonly editDistance: number;
  /** Hunks that no citation, import or cited definition accounts for. */
  readonly outsideScope: number;
  readonly neutralDropped: number;
}

export const measure = (patch: {
  readonly original: string;
  readonly edited: string;
  /** As `scopeOf` found it. */
  readonly outside?: Diff;
  /** As `dropNeutral` found it. */
  readonly dropped?: Diff;
}): PatchSize => {
  const { original, edited, outside = [], dropped = [] } = patch;
  const hunks = diff(original, edited);
  const lines = splitLines(original).length + splitLines(edited).length;
  return {
    noOp: original === edited,
    hunks: hunks.length,
    added: hunks.reduce((sum, hunk) => sum + hunk.added.length, 0),
    removed: hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0),
    changedRatio: lines === 0 ? 0 : changedLines(hunks) / lines,
    editDistance: lineDistance(splitLines(original), splitLines(edited)),
    outsideScope: outside.length,
    neutralDropped: dropped.length,
  };
};

const lineDistance = (original: readonly string[], edited: readonly string[]): number => {
  const shorter = Math.min(original.length, edited.length);
  let head = 0;
  while (head < shorter && original[head] === edited[head]) head++;
  let tail = 0;
  while (tail < shorter - head && original.at(-1 - tail) === edited.at(-1 - tail)) tail++;
  const columns = edited.slice(head, edited.length - tail);
  let row = Array.from({ length: columns.length + 1 }, (_, at) => at);
  for (const line of original.slice(head, original.length - tail)) {
    const [corner = 0] = row;
    const next = [corner + 1];
    for (const [at, column] of columns.entries()) {
      const [diagonal = 0, above = 0, left = 0] = [row[at], row[at + 1], next[at]];
      next.push(line === column ? diagonal : 1 + Math.min(diagonal, above, left));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};
