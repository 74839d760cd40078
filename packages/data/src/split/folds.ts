import { seededRandom } from "@aide-ts/core";
import type { Random } from "@aide-ts/plugin";
import { heldCount, type Share } from "./choose.ts";

/** Up to so many labelled rows so many folds are worth what they cost: of more rows one part alone has little noise. */
const automatic: readonly (readonly [rows: number, folds: number])[] = [
  [10_000, 5],
  [50_000, 3],
];

/** Parts of the labelled rows that are held back in turn. */
export const foldCount = (wanted: number | "auto", labelled: number): number =>
  wanted === "auto" ? (automatic.find(([rows]) => labelled <= rows)?.[1] ?? 1) : wanted;

/** Fewer labelled rows than this are parted anew twice: one parting of few rows is luck. */
const fewRows = 500;

/** Parts that are held back anew, once the search has ended. Where one part is enough for the search, none. */
export const freshCount = (wanted: number | "auto", labelled: number): number => {
  if (wanted !== "auto") return wanted;
  const folds = foldCount("auto", labelled);
  if (folds === 1) return 0;
  return labelled < fewRows ? 2 * folds : folds;
};

/** How rows are held back: any, as their classes are, or whole groups. */
export interface Parting {
  /** Of the random numbers. */
  readonly name: string;
  /** So many of the rows. */
  readonly draw: (rows: readonly number[], wanted: number, random: Random) => readonly number[];
  /** All of the rows, in so many parts of about one size. */
  readonly deal: (rows: readonly number[], parts: number, random: Random) => readonly (readonly number[])[];
}

/**
 * Disjoint parts of the labelled rows, by their ordinals, each about as large as what is held back once: the first is the one that is held back where there is
 * one part alone. Fewer than `count` where the rows do not suffice, none where they are too few to hold any back.
 */
export const chooseFolds = (
  labelled: number,
  count: number,
  share: Share,
  seed: number,
  { name, draw, deal }: Parting,
): readonly (readonly number[])[] => {
  const wanted = heldCount(labelled, share);
  const all = Array.from({ length: labelled }, (_, row) => row);
  const first = wanted === 0 ? [] : draw(all, wanted, seededRandom(name, seed, labelled));
  if (first.length === 0) return [];
  if (count === 1) return [first];
  const held = new Set(first);
  const left = all.filter((row) => !held.has(row));
  const parts = Math.min(count - 1, Math.round(left.length / wanted));
  if (parts === 0) return [first];
  const random = seededRandom(name, seed, labelled, "folds");
  const dealt = deal(left, parts, random).map((part) =>
    part.length > 1.5 * wanted ? draw(part, wanted, random) : part,
  );
  return [first, ...dealt.filter((part) => part.length > 0 && part.length < labelled)];
};

/** At most so many parts of one parting. */
const mostOfRound = 5;

/** Other parts of the same rows, as many times parted anew as it takes. Parts of one parting have no row in common. */
export const chooseFreshFolds = (
  labelled: number,
  count: number,
  share: Share,
  seed: number,
  parting: Parting,
): readonly (readonly number[])[] => {
  const parts: (readonly number[])[] = [];
  for (let round = 1; parts.length < count; round++) {
    const anew = { ...parting, name: `${parting.name}, anew ${round}` };
    const made = chooseFolds(labelled, Math.min(mostOfRound, count - parts.length), share, seed, anew);
    if (made.length === 0) return [];
    parts.push(...made);
  }
  return parts;
};
