import { contentOf } from "./lines.ts";
import { apply, diff, editedPlaces, type Diff, type Hunk } from "./diff.ts";
import { piecesOf } from "./pieces.ts";
import { plainOutline } from "./plain-outline.ts";
import type { LineRange, Outline, Python } from "./python.ts";

/** What a critique is about. */
export interface Cited {
  readonly lines: readonly LineRange[];
  /** Names, dotted or not, as `citedNames` reads them. */
  readonly names: readonly string[];
}

/** `flag` reports what lies outside and lets it through; `strict` takes it back; `off` does not look. */
export type ScopeMode = "flag" | "strict" | "off";

export interface Scoped {
  readonly text: string;
  readonly inside: Diff;
  readonly outside: Diff;
}

/**
 * Finds the part of an edit that a critique asked for. A hunk is in scope if it touches a line that is cited, or the definition of a name that is
 * cited, or if all its lines are imports. It touches the lines that it replaces; one that only inserts touches the line before and the line after it.
 * There is no other margin, but cited lines can be given one. Neighbouring edits inside a hunk are separated first.
 * @param edit.margin lines before and after a cited range that count as cited.
 */
export const scopeOf = async (
  edit: {
    readonly original: string;
    readonly edited: string;
    readonly cited: Cited;
    readonly mode: ScopeMode;
    readonly margin?: number;
  },
  python: Python,
): Promise<Scoped> => {
  const { original, edited, cited, mode, margin = 0 } = edit;
  const hunks = piecesOf(diff(original, edited));
  if (mode === "off" || hunks.length === 0) return { text: edited, inside: hunks, outside: [] };
  const [before = plainOutline(original), after = plainOutline(edited)] = await python.outlines([original, edited]);
  const places = editedPlaces(hunks);
  const isInside = (hunk: Hunk, index: number): boolean =>
    touchesAny(hunk, widened(cited.lines, margin)) ||
    isOfImports(hunk, places[index] ?? 0, before, after) ||
    touchesAny(hunk, definitionsOf(cited.names, before)) ||
    defines(hunk, places[index] ?? 0, definitionsOf(cited.names, after));
  const inside = hunks.filter((hunk, index) => isInside(hunk, index));
  const outside = hunks.filter((hunk) => !inside.includes(hunk));
  return { text: mode === "strict" ? apply(inside, original) : edited, inside, outside };
};

const widened = (ranges: readonly LineRange[], margin: number): readonly LineRange[] =>
  ranges.map(({ first, last }) => ({ first: first - margin, last: last + margin }));

const touchesAny = ({ at, removed }: Hunk, ranges: readonly LineRange[]): boolean => {
  const [first, last] = removed.length === 0 ? [at, at + 1] : [at + 1, at + removed.length];
  return ranges.some((range) => range.first <= last && range.last >= first);
};

const definitionsOf = (names: readonly string[], { definitions }: Outline): readonly LineRange[] =>
  definitions.filter(({ name }) => names.some((cited) => name === cited || name.endsWith(`.${cited}`)));

const isOfImports = (hunk: Hunk, place: number, before: Outline, after: Outline): boolean =>
  someSay(hunk) && allIn(hunk.removed, hunk.at, before.imports) && allIn(hunk.added, place, after.imports);

/** Lines that give a cited name the definition that it lacked. */
const defines = ({ removed, added }: Hunk, place: number, definitions: readonly LineRange[]): boolean =>
  removed.length === 0 && added.some((line) => !isSilent(line)) && allIn(added, place, definitions);

const allIn = (lines: readonly string[], place: number, ranges: readonly LineRange[]): boolean =>
  lines.every(
    (line, offset) =>
      isSilent(line) || ranges.some(({ first, last }) => first <= place + offset + 1 && last >= place + offset + 1),
  );

const someSay = ({ removed, added }: Hunk): boolean => [...removed, ...added].some((line) => !isSilent(line));

const isSilent = (line: string): boolean => /^\s*(?:#.*)?$/.test(contentOf(line));
