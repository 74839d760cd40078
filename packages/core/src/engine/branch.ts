import type { Random } from "@aide-ts/plugin";
import { deriveSeed, seededRandom } from "../hashing/random.ts";
import { place } from "./place.ts";

/**
 * The thread of one strategy's calls. Calls are numbered as they are made, so two calls are distinguished by their place and not by what
 * they ask.
 *
 * Sampling seeds are shared where drafts should be: the first branch of a fan-out goes on with its parent's draws, so that draft 0 of a bare
 * coder, of reflection, and sample 0 of self-consistency have one seed. What that branch used up, the parent has used up.
 */
export class Branch {
  readonly #seed: number;
  readonly #draws: readonly string[];
  readonly #repeats: Map<string, number>;
  readonly number: number;
  readonly path: readonly string[];
  readonly random: Random;
  #calls = 0;
  #fans = 0;

  private constructor(
    seed: number,
    number: number,
    path: readonly string[],
    draws: readonly string[],
    repeats: Map<string, number>,
  ) {
    this.#seed = seed;
    this.#draws = draws;
    this.#repeats = repeats;
    this.number = number;
    this.path = path;
    this.random = seededRandom(seed, "random", number, path.join("-"));
  }

  static root(seed: number, number: number): Branch {
    return new Branch(seed, number, [], [], new Map());
  }

  takeCall(): number {
    return this.#calls++;
  }

  takeFan(): number {
    return this.#fans++;
  }

  placeOf(call: number): string {
    return place(this.number, this.path, call);
  }

  /** The sampling seed of the next call that asks this. */
  drawSeed(requestHash: string): number {
    const repeat = this.#repeats.get(requestHash) ?? 0;
    this.#repeats.set(requestHash, repeat + 1);
    return deriveSeed(this.#seed, "sample", this.number, this.#draws.join("-"), requestHash, repeat);
  }

  fanned(fan: number, index: number): Branch {
    return this.#child(`${fan}.${index}`, fan === 0 && index === 0);
  }

  /** The branch in which a wrap answers call number `call`. */
  wrapped(call: number): Branch {
    return this.#child(`w${call}`, call === 0);
  }

  /** Takes over what a finished child drew from this branch's own draws. */
  join(child: Branch): void {
    if (child.#draws !== this.#draws) return;
    for (const [hash, count] of child.#repeats) this.#repeats.set(hash, Math.max(count, this.#repeats.get(hash) ?? 0));
  }

  #child(part: string, continues: boolean): Branch {
    const path = [...this.path, part];
    return continues
      ? new Branch(this.#seed, this.number, path, this.#draws, new Map(this.#repeats))
      : new Branch(this.#seed, this.number, path, path, new Map());
  }
}
