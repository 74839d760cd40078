import type { Block, Refusal, Tolerance } from "./answer.ts";

export type Placed =
  | { readonly kind: "placed"; readonly block: Block; readonly at: number; readonly tolerated: readonly Tolerance[] }
  | { readonly kind: "refused"; readonly reason: Refusal };

/** As GNU patch: how many context lines at either end may not fit. */
const mostFuzz = 2;

/**
 * The one place where a block's search lines stand in the original: as they are, else without blanks at their ends, else without outer context lines.
 * More than one place is refused at the first way in which any fits.
 * @param original its lines without their ends.
 */
export const placeBlock = (block: Block, number: number, original: readonly string[]): Placed => {
  for (let fuzz = 0; fuzz <= mostFuzz; fuzz++) {
    const tried = fuzzed(block, fuzz);
    if (tried === undefined) continue;
    if (tried.search.length === 0) return emptySearch(block, number, original);
    for (const [read, tolerated] of readings) {
      const places = placesOf(tried.search.map(read), original.map(read));
      const [at] = places;
      if (at === undefined) continue;
      if (places.length > 1)
        return refused({
          why: "ambiguous",
          block: number,
          search: block.search.join("\n"),
          lines: places.map((line) => line + 1),
        });
      return { kind: "placed", block: tried, at, tolerated: fuzz === 0 ? tolerated : [...tolerated, "context-fuzz"] };
    }
  }
  return refused({ why: "not-found", block: number, search: block.search.join("\n") });
};

const readings: readonly (readonly [read: (line: string) => string, tolerated: readonly Tolerance[]])[] = [
  [(line) => line, []],
  [(line) => line.trimEnd(), ["trailing-blanks"]],
];

const refused = (reason: Refusal): Placed => ({ kind: "refused", reason });

/** Only an empty file has a place for lines that stand nowhere. */
const emptySearch = (block: Block, number: number, original: readonly string[]): Placed =>
  original.length === 0 && block.search.length === 0
    ? { kind: "placed", block, at: 0, tolerated: [] }
    : refused({ why: "empty-search", block: number });

const fuzzed = (block: Block, fuzz: number): Block | undefined => {
  if (fuzz === 0) return block;
  const before = Math.min(fuzz, block.context.before);
  const after = Math.min(fuzz, block.context.after);
  if (before < fuzz && after < fuzz) return undefined;
  const search = block.search.slice(before, block.search.length - after);
  if (search.length === 0) return undefined;
  return { ...block, search, replace: block.replace.slice(before, block.replace.length - after) };
};

const placesOf = (search: readonly string[], original: readonly string[]): readonly number[] =>
  original.flatMap((_, at) => (search.every((line, offset) => original[at + offset] === line) ? [at] : []));
