import { editedPlaces, type Diff, type Hunk } from "./diff.ts";
import { spansOf, type Span } from "./structure.ts";

/** Of a tied group up to this size every part is tried, of a larger one its runs, of one beyond `MOST_RUNS` its neighbours and the whole. */
const mostParts = 5;
const mostRuns = 12;

/**
 * Groups of two or more hunks that may only be neutral together, smallest first: hunks that one statement over several lines or one indented block
 * holds together, in the original or in the edited text.
 */
export const tiedGroups = (hunks: Diff, original: string, edited: string): readonly Diff[] => {
  const places = editedPlaces(hunks);
  const inOriginal = hunks.map(({ at, removed }) => reach(at, removed.length));
  const inEdited = hunks.map(({ added }, index) => reach(places[index] ?? 0, added.length));
  const found = new Map<string, readonly number[]>();
  const collect = (spans: readonly Span[], reaches: readonly Span[]) => {
    for (const span of spans) {
      const members = reaches.flatMap(({ from, to }, index) => (from <= span.to && to >= span.from ? [index] : []));
      for (const part of partsOf(members)) found.set(part.join(), part);
    }
  };
  collect(spansOf(edited), inEdited);
  collect(spansOf(original), inOriginal);
  return [...found.values()]
    .toSorted((a, b) => a.length - b.length)
    .map((indices) => indices.flatMap((index): readonly Hunk[] => hunks.slice(index, index + 1)));
};

/** Where nothing stands on a side, the lines before and after count: a bracket that goes away lies between them. */
const reach = (at: number, length: number): Span =>
  length === 0 ? { from: at - 1, to: at } : { from: at, to: at + length - 1 };

const partsOf = (members: readonly number[]): readonly (readonly number[])[] => {
  if (members.length < 2) return [];
  if (members.length <= mostParts) return subsets(members).filter((part) => part.length > 1);
  const longest = members.length <= mostRuns ? members.length : 2;
  const runs = runsOf(members, longest);
  return [...runs, members];
};

const runsOf = (members: readonly number[], longest: number): readonly (readonly number[])[] =>
  members.flatMap((_, from) =>
    Array.from({ length: longest - 1 }, (_length, more) => members.slice(from, from + more + 2)).filter(
      (run, more) => run.length === more + 2,
    ),
  );

const subsets = ([first, ...others]: readonly number[]): readonly (readonly number[])[] => {
  if (first === undefined) return [[]];
  const rest = subsets(others);
  return [...rest, ...rest.map((part) => [first, ...part])];
};
