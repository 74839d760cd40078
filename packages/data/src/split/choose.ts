import { seededRandom } from "@aide-ts/core";
import type { Random } from "@aide-ts/plugin";

/** Fewer labelled rows than this are too few to hold any back. */
const leastLabelled = 10;
/** Of so few rows a share would be too small to score anything on. */
const leastHeld = 5;

/**
 * Takes exactly `wanted` of `total` things that come one by one, each set of them equally likely (Knuth, TAOCP 3.4.2, Algorithm S): nothing
 * is kept of those passed over.
 */
const selectionSampler = (wanted: number, total: number, random: Random): (() => boolean) => {
  let [missing, left] = [wanted, total];
  return () => {
    const taken = random() * left < missing;
    left--;
    if (taken) missing--;
    return taken;
  };
};

export interface Share {
  readonly fraction: number;
  /** The most rows. */
  readonly rows: number;
}

/** How many of so many labelled rows are held back. */
export const heldCount = (labelled: number, { fraction, rows }: Share): number => {
  if (labelled < leastLabelled || fraction === 0) return 0;
  return Math.min(rows, Math.max(Math.round(labelled * fraction), Math.min(leastHeld, Math.floor(labelled / 2))));
};

/**
 * Ordinals of the labelled rows that are held back, at random. `codes`: each row's class, from 0; each class gives its share, and those too rare to give
 * a row of their own give theirs together. Depends on the labels and the seed alone, never on a strategy.
 */
export const chooseRandomly = (
  labelled: number,
  codes: Int32Array | undefined,
  share: Share,
  seed: number,
): readonly number[] => {
  const wanted = heldCount(labelled, share);
  const random = seededRandom("holdout", seed, labelled);
  if (codes === undefined) return taken(labelled, () => 0, [selectionSampler(wanted, labelled, random)]);
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const fraction = wanted / Math.max(1, labelled);
  const isRare = (code: number) => Math.round((counts.get(code) ?? 0) * fraction) === 0;
  const strata = new Map<number, number>();
  const sizes: number[] = [];
  let rare: number | undefined;
  for (const [code, count] of counts) {
    const stratum = isRare(code) ? (rare ??= sizes.push(0) - 1) : sizes.push(0) - 1;
    strata.set(code, stratum);
    sizes[stratum] = (sizes[stratum] ?? 0) + count;
  }
  const samplers = sizes.map((size) => selectionSampler(Math.round(size * fraction), size, random));
  return taken(labelled, (at) => strata.get(codes[at] ?? 0) ?? 0, samplers);
};

const taken = (
  labelled: number,
  stratum: (at: number) => number,
  samplers: readonly (() => boolean)[],
): readonly number[] => {
  const held: number[] = [];
  for (let at = 0; at < labelled; at++) if (samplers[stratum(at)]?.() === true) held.push(at);
  return held;
};

/** Ordinals of the rows of whole groups, drawn until their share is reached: no group is on both sides. */
export const chooseGroups = (groups: Int32Array, share: Share, seed: number): readonly number[] => {
  const wanted = heldCount(groups.length, share);
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const random = seededRandom("groups", seed, groups.length);
  const drawn = [...sizes].map((entry) => ({ entry, at: random() })).toSorted((a, b) => a.at - b.at);
  const held = new Set<number>();
  let rows = 0;
  for (const {
    entry: [group, size],
  } of drawn) {
    // One group too many would leave too little to learn from.
    if (rows > 0 && rows + size > wanted * 1.5) continue;
    if (rows >= wanted || held.size >= sizes.size - 1) break;
    held.add(group);
    rows += size;
  }
  return [...groups].flatMap((group, at) => (held.has(group) ? [at] : []));
};

/** For each held row, in their new order: the row of the test table before which it comes, and its number. */
export const placesAmong = (
  own: number,
  held: number,
  seed: number,
): readonly (readonly [before: number, number: number])[] => {
  const random = seededRandom("mix", seed, own, held);
  const drawn = Array.from({ length: held }, (_, number) => ({ number, at: random() })).toSorted((a, b) => a.at - b.at);
  // A row comes before the first own one whose middle lies behind its place.
  return drawn.map(({ number, at }) => [Math.min(own, Math.max(0, Math.floor(at * own - 0.5) + 1)), number]);
};

/** Numbers that came as the bytes of 32-bit integers. */
export const unpacked = (base64: string): Int32Array => {
  const bytes = Buffer.from(base64, "base64");
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
