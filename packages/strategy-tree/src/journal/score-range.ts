import type { Task } from "@aide-ts/plugin";
import { z } from "zod";
import type { TreeNode } from "./solution-tree.ts";

export const boundsOption = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, "The first bound must be the lower one.")
  .optional()
  .describe("Lowest and highest score there can be; without, the lowest and highest so far.");

export type Bounds = z.output<typeof boundsOption>;

/**
 * Turns scores into rewards in [0, 1], so that one exploration constant fits every task: 1 for the best, 0 for the worst valid score of the run.
 * The range grows with each score, and rewards of earlier scores change with it. Without two different scores every reward is 1.
 */
export class ScoreRange {
  readonly #bounds: Bounds;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #version = 0;

  constructor(bounds?: Bounds) {
    this.#bounds = bounds;
  }

  /** Takes a solution's merit into the range, cut to fixed bounds; `undefined` for one that is not valid or has no finite score. */
  admit<S>({ valid, merit }: TreeNode<S>, { direction }: Task): number | undefined {
    if (!valid || !Number.isFinite(merit)) return undefined;
    if (this.#bounds === undefined) {
      this.#widen(Math.min(this.#low, merit), Math.max(this.#high, merit));
      return merit;
    }
    const [low, high] = this.#bounds;
    if (direction === "maximize") this.#widen(low, high);
    else this.#widen(-high, -low);
    return Math.min(this.#high, Math.max(this.#low, merit));
  }

  #widen(low: number, high: number): void {
    if (low === this.#low && high === this.#high) return;
    [this.#low, this.#high] = [low, high];
    this.#version++;
  }

  /** Another number whenever rewards have changed. */
  get version(): number {
    return this.#version;
  }

  /** The width of the range; 0 while there are no two different scores. */
  get span(): number {
    return Math.max(0, this.#high - this.#low);
  }

  /** The reward of a merit, or of a mean of merits. */
  reward(merit: number): number {
    const { span } = this;
    return span === 0 ? 1 : Math.min(1, Math.max(0, (merit - this.#low) / span));
  }
}
