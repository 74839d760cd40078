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
 * Of these labelled rows, by their ordinals, those that are held back, at random. `codes`: each labelled row's class, from 0; each class gives its share, and
 * those too rare to give a row of their own give theirs together. Depends on the labels and the random numbers alone, never on a strategy.
 */
export const chooseRandomly = (
  rows: readonly number[],
  codes: Int32Array | undefined,
  wanted: number,
  random: Random,
): readonly number[] => {
  if (codes === undefined) return taken(rows, () => 0, [selectionSampler(wanted, rows.length, random)]);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(codes[row] ?? 0, (counts.get(codes[row] ?? 0) ?? 0) + 1);
  const fraction = wanted / Math.max(1, rows.length);
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
  return taken(rows, (row) => strata.get(codes[row] ?? 0) ?? 0, samplers);
};

const taken = (
  rows: readonly number[],
  stratum: (row: number) => number,
  samplers: readonly (() => boolean)[],
): readonly number[] => rows.filter((row) => samplers[stratum(row)]?.() === true);

/** Of these labelled rows those of whole groups, drawn until so many are reached: no group is on both sides. */
export const chooseGroups = (
  rows: readonly number[],
  groups: Int32Array,
  wanted: number,
  random: Random,
): readonly number[] => {
  const sizes = new Map<number, number>();
  for (const row of rows) sizes.set(groups[row] ?? 0, (sizes.get(groups[row] ?? 0) ?? 0) + 1);
  const drawn = [...sizes].map((entry) => ({ entry, at: random() })).toSorted((a, b) => a.at - b.at);
  const held = new Set<number>();
  let count = 0;
  for (const {
    entry: [group, size],
  } of drawn) {
    // One group too many would leave too little to learn from.
    if (count > 0 && count + size > wanted * 1.5) continue;
    if (count >= wanted || held.size >= sizes.size - 1) break;
    held.add(group);
    count += size;
  }
  return rows.filter((row) => held.has(groups[row] ?? 0));
};

/** Labelled rows in so many parts, of each class, and of all rows, about the same number in each. */
export const dealRandomly = (
  rows: readonly number[],
  codes: Int32Array | undefined,
  parts: number,
  random: Random,
): readonly (readonly number[])[] => {
  const drawn = rows.map((row) => ({ row, at: random(), code: codes?.[row] ?? 0 }));
  drawn.sort((a, b) => a.code - b.code || a.at - b.at);
  const dealt = Array.from({ length: parts }, (): number[] => []);
  drawn.forEach(({ row }, at) => dealt[at % parts]?.push(row));
  return dealt.map((part) => part.toSorted((a, b) => a - b));
};

/** Labelled rows in so many parts by whole groups: each goes where the fewest rows are. */
export const dealGroups = (
  rows: readonly number[],
  groups: Int32Array,
  parts: number,
  random: Random,
): readonly (readonly number[])[] => {
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const group = groups[row] ?? 0;
    const known = members.get(group);
    if (known === undefined) members.set(group, [row]);
    else known.push(row);
  }
  const dealt = Array.from({ length: parts }, (): number[] => []);
  const drawn = [...members.values()].map((own) => ({ own, at: random() }));
  for (const { own } of drawn.toSorted((a, b) => a.at - b.at))
    dealt.reduce((least, part) => (part.length < least.length ? part : least)).push(...own);
  return dealt.map((part) => part.toSorted((a, b) => a - b));
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
