import type { Random } from "@aide-ts/plugin";

/** Standard normal (Box & Muller 1958). */
export const drawNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export const drawUniform = (random: Random, [low, high]: readonly [number, number]): number =>
  low + (high - low) * random();

/** A name that no other spot has: one of 2^52. */
export const drawName = (random: Random): string => Math.floor(random() * 2 ** 52).toString(36);
