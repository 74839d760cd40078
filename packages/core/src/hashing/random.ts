import type { Random } from "@aide-ts/plugin";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { digest } from "./digest.ts";

/** A 31-bit seed that depends on every part: servers differ in what they accept, and all accept this. */
export const deriveSeed = (...parts: readonly (string | number)[]): number =>
  Number.parseInt(digest(parts.join("\u0000")).slice(0, 8), 16) >>> 1;

/** Uniform in [0, 1), the same sequence for the same parts (xoroshiro128+). */
export const seededRandom = (...parts: readonly (string | number)[]): Random => {
  const generator = xoroshiro128plus(deriveSeed(...parts));
  return () => uniformFloat64(generator);
};
