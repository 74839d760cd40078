import type { Random } from "@aide-ts/plugin";

/** All sets of at most two of them: the empty one first, then singles, then pairs. */
export const combinations = <T>(items: readonly T[]): readonly (readonly T[])[] => [
  [],
  ...items.map((one) => [one]),
  ...items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other])),
];

/** `count` of them, none twice, in the order of the draw. */
export const drawn = <T>(items: readonly T[], count: number, random: Random): readonly T[] => {
  const left = [...items];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return taken;
};
